///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java
public class demo { public static void main(String[] a) { System.out.println("hi " + org.nd4j.linalg.factory.Nd4j.ones(3) + System.getProperty("java.class.path").split(":").length); new anogan.Hello(); } }
