// The library as one include: a script needs only `//SOURCES ../lib/AnoGan.java`.
// Every dependency, compiler and runtime option stands here once; lib/pom.xml repeats them for tests and IDEs, and BuildFilesTest compares the two.
// Why each dependency: lib/README.md. javac does without Java's second compiler: it would take three times as long to warm up.
//
//JAVA 17+
//DEPS org.slf4j:slf4j-nop:2.0.17
//DEPS org.deeplearning4j:deeplearning4j-nn:1.0.0-M2.1
//DEPS org.nd4j:nd4j-native:1.0.0-M2.1
//DEPS org.nd4j:nd4j-native-preset:1.0.0-M2.1
//DEPS org.nd4j:nd4j-native:1.0.0-M2.1:${env.ND4J_CLASSIFIER,os.detected.classifier}
//DEPS org.nd4j:nd4j-native-preset:1.0.0-M2.1:${env.ND4J_CLASSIFIER,os.detected.classifier}
//DEPS org.bytedeco:openblas:0.3.31-1.5.13
//DEPS org.bytedeco:openblas:0.3.31-1.5.13:${env.JAVACPP_PLATFORM,os.detected.classifier}
//DEPS org.bytedeco:javacpp:1.5.13:${env.JAVACPP_PLATFORM,os.detected.classifier}
//DEPS org.bytedeco:javacpp:1.5.13
//DEPS org.bytedeco:dnnl:3.11-1.5.13
//DEPS org.bytedeco:dnnl:3.11-1.5.13:${env.JAVACPP_PLATFORM,os.detected.classifier}
//DEPS org.bytedeco:opencl:3.0-1.5.13:${env.JAVACPP_PLATFORM,os.detected.classifier}
//DEPS net.java.dev.jna:jna:5.17.0
//DEPS tech.tablesaw:tablesaw-core:0.44.4
//DEPS it.unimi.dsi:fastutil:8.5.19
//DEPS org.knowm.xchart:xchart:4.0.3
//DEPS info.picocli:picocli:4.7.7
//DEPS me.tongfei:progressbar:0.10.2
//DEPS com.fasterxml.jackson.core:jackson-annotations:2.23
//DEPS com.fasterxml.jackson.core:jackson-core:2.23.0
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//DEPS com.fasterxml.jackson.datatype:jackson-datatype-jdk8:2.23.0
//DEPS com.twelvemonkeys.imageio:imageio-jpeg:3.14.0
//DEPS com.twelvemonkeys.imageio:imageio-tiff:3.14.0
//DEPS com.twelvemonkeys.imageio:imageio-webp:3.14.0
//DEPS com.github.jai-imageio:jai-imageio-jpeg2000:1.4.0
//DEPS org.jspecify:jspecify:1.0.1
//DEPS org.apache.commons:commons-compress:1.28.0
//DEPS org.apache.commons:commons-lang3:3.22.0
//DEPS commons-io:commons-io:2.22.0
//DEPS commons-net:commons-net:3.12.0
//DEPS com.google.code.gson:gson:2.15.0
//JAVAC_OPTIONS -encoding UTF-8 -J-XX:TieredStopAtLevel=1
//RUNTIME_OPTIONS -Xmx1g -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxbytes=2G -Dorg.bytedeco.javacpp.maxphysicalbytes=3G
//RUNTIME_OPTIONS -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
//SOURCES src/main/java/**/*.java
//FILES anogan/visuals/scans.html=src/main/resources/anogan/visuals/scans.html
//FILES anogan/visuals/scans.css=src/main/resources/anogan/visuals/scans.css
//FILES anogan/visuals/scans.js=src/main/resources/anogan/visuals/scans.js
