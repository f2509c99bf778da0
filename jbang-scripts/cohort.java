///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java
//SOURCES ../lib/spark/SparkCohort.java

import anogan.Cohort;
import anogan.UserError;
import anogan.scans.Scans;
import anogan.spark.SparkCohort;
import anogan.statistics.AnalysisOptions;
import anogan.ui.Cli;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A trained model applied to more scans than one machine can judge. */
@Command(name = "cohort", sortOptions = false, description = {
        "Judges scans as detect does, the same bits, in tasks of Apache Spark on one machine or many.",
        "Writes into DIR what a task found: scans/, regions/, patches/ and skipped/ (a CSV file a task), maps/ and "
                + "overlays/ (a folder a task); _SUCCESS last. The same command goes on where it was."},
        footer = {"", "Examples:",
                "  environment/jbang cohort --model data/models/octdl.anogan --scans data/sample/octdl --out OUT",
                "  environment/jbang cohort --model M.anogan --scans /shared/scans --out /shared/out "
                        + "--master spark://host:7077 --conf spark.executor.memory=2g",
                "  environment/jbang cohort --merge /shared/out",
                "  environment/jbang cohort --merge /shared/out --labels classes.csv --normal NORMAL"})
public class cohort extends Cli.Script {
    @Option(names = "--model", paramLabel = "FILE", description = "Model file, as export writes it.")
    Optional<Path> model;
    @Option(names = "--scans", paramLabel = "PATH",
            description = "Folder, archive or table of scans, or a folder in one of Hadoop's file systems, such as "
                    + "hdfs://HOST:PORT/scans; every machine must see it under the same path.")
    Optional<String> scans;
    @Option(names = "--out", paramLabel = "DIR", description = "Folder for results, which every machine sees as well.")
    Optional<Path> out;
    @Option(names = "--master", paramLabel = "URL",
            description = "Where Spark is: local[N], local[*], spark://HOST:PORT [${DEFAULT-VALUE}].")
    String master = "local[*]";
    @Option(names = "--conf", paramLabel = "KEY=VALUE",
            description = "A setting of Spark, such as spark.executor.memory=2g; any number of them.")
    Map<String, String> conf = new TreeMap<>();
    @Option(names = "--scans-per-task", paramLabel = "N",
            description = "Scans that are judged, and lost by a kill, together [${DEFAULT-VALUE}].")
    int scansPerTask = 50;
    @Option(names = "--false-positives", paramLabel = "P",
            description = "Share of healthy scans that may be flagged [${DEFAULT-VALUE}].")
    double falsePositives = AnalysisOptions.defaults().fpr();
    @Option(names = "--spacing", split = ",", paramLabel = "ROW,COLUMN[,SLICE]",
            description = "How far apart the pixels of all scans lie, in µm [what .vol, NIfTI and DICOM files say].")
    List<Double> spacing = List.of();
    @Option(names = "--merge", paramLabel = "DIR",
            description = "Only join the tables in DIR: scans.csv, regions.csv, patches.csv, as detect writes them.")
    Optional<Path> merge;
    @Option(names = "--labels", paramLabel = "TABLE",
            description = "With --merge: a CSV table of class (patient, if it is known) and scan, file or path; prints "
                    + "how well scores tell the anomalous from the normal, and how often each marker is seen.")
    Optional<Path> labels;
    @Option(names = "--normal", paramLabel = "CLASS", split = ",",
            description = "Which of its classes are normal [${DEFAULT-VALUE}].")
    List<String> normal = List.of("NORMAL");

    public static void main(String... args) {
        Cli.main(new cohort(), args);
    }

    @Override
    protected void run() {
        if (merge.isPresent()) {
            refuse("with option merge", "--model", "--scans", "--out", "--master", "--conf", "--scans-per-task",
                    "--false-positives", "--spacing");
            if (labels.isEmpty()) refuse("without option labels", "--normal");
            Cohort cohort = Cohort.open(merge.get());
            cohort.join("merge");
            System.out.printf("Tables scans.csv, regions.csv and patches.csv in %s%n", merge.get());
            labels.ifPresent(table -> System.out.print(cohort.analysis(table, normal)));
            return;
        }
        refuse("without option merge, once all is judged", "--labels", "--normal");
        if (model.isEmpty() || scans.isEmpty() || out.isEmpty()) throw UserError.usage(
                "Missing required option: option model, option scans and option out are needed, or option merge");
        Scans all = SparkCohort.scans(scans.get(), conf).withSpacing(spacing);
        long start = System.nanoTime();
        Cohort.Counts counts = SparkCohort.judge(model.get(), all, out.get(), falsePositives, master, scansPerTask,
                conf);
        System.err.printf("%.1f seconds%n", (System.nanoTime() - start) / 1e9);
        System.out.println(counts.words());
        System.out.printf(
                "Tables in %s: scans, regions, patches, skipped; residual maps in maps, pictures in " + "overlays%n",
                out.get());
    }
}
