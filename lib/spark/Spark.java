// Apache Spark, which `cohort` alone needs, as it stands in a Spark of its own (environment/spark-cluster).
// What other libraries of ours would have older is named too. Why Spark, and why not more of it: lib/README.md.
//
//DEPS io.netty:netty-bom:4.1.118.Final@pom
//DEPS org.apache.spark:spark-core_2.13:4.0.2
//DEPS org.apache.commons:commons-math3:3.6.1
//DEPS commons-codec:commons-codec:1.17.2
