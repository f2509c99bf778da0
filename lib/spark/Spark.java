// Apache Spark, which `cohort` alone needs, as it stands in a Spark of its own (environment/spark-cluster).
// Deeplearning4j's POM would have an older Netty. Why Spark, and why not more of it: lib/README.md.
//
//DEPS io.netty:netty-bom:4.1.118.Final@pom
//DEPS org.apache.spark:spark-core_2.13:4.0.2
