///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.Cohort;
import anogan.Detector;
import anogan.Finding;
import anogan.markers.MarkedRegion;
import anogan.markers.Markers;
import anogan.networks.Compute;
import anogan.scans.Scans;
import anogan.scans.Share;
import anogan.statistics.AnalysisOptions;
import anogan.statistics.NormalReference;
import anogan.ui.Cli;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A trained model applied to any scans. */
@Command(name = "detect", sortOptions = false, description = {
        "Judges scans with a model file: pictures, volumes, folders, archives, tables of scans, any number; "
                + "labels and patients are not needed.",
        "Prints a line for each scan, the most unusual first, and writes into DIR: scans.csv; regions.csv, where maps are "
                + "above what healthy scans show, and which of the model's markers that is; patches.csv; overlays/, a "
                + "picture of each scan; and report.html, a page to look through them."},
        footer = {"", "Examples:", "  environment/jbang detect --model data/models/mine.anogan scan.png",
                "  environment/jbang detect --model data/models/mine.anogan --out findings scans.zip volume.vol",
                "  environment/jbang detect --model data/models/mine.anogan --out /shared/findings --shard 3/8 scans"})
public class detect extends Cli.Script {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "Model file, as export writes it.")
    Path model;
    @Parameters(arity = "1..*", paramLabel = "SCAN", description = "Pictures, volumes, folders, archives or tables.")
    List<Path> scans;
    @Option(names = "--out", paramLabel = "DIR",
            description = "Folder for results; with the same scans it goes on where it was [${DEFAULT-VALUE}].")
    Path out = Path.of("findings");
    @Option(names = "--false-positives", paramLabel = "P",
            description = "Share of healthy scans that may be flagged [${DEFAULT-VALUE}].")
    double falsePositives = AnalysisOptions.defaults().fpr();

    @Option(names = "--spacing", split = ",", paramLabel = "ROW,COLUMN[,SLICE]",
            description = "How far apart the pixels of all scans lie, in µm [what .vol, NIfTI and DICOM files say]; areas of "
                    + "regions follow from it.")
    List<Double> spacing = List.of();

    @Option(names = "--shard", paramLabel = "K/N",
            description = "Judge only the K-th of N shares, on one of N machines that share DIR; the last joins them.")
    Optional<String> shard = Optional.empty();

    public static void main(String... args) {
        Cli.main(new detect(), args);
    }

    @Override
    protected void run() {
        Detector detector = Detector.load(model);
        Scans source = Scans.each(scans).withSpacing(spacing);
        if (shard.isPresent()) judge(Share.of(shard.get()), detector, source);
        else judge(detector, source);
    }

    private void judge(Share share, Detector detector, Scans source) {
        Cohort.Counts counts = Cohort.shard(detector, source, share, out, falsePositives, Compute.defaults());
        System.out.println(counts.words());
        List<Integer> missing = Cohort.open(out).missing();
        if (missing.isEmpty()) System.out.printf(
                "All %d shares are joined: tables scans.csv, regions.csv and " + "patches.csv in %s, pictures in %s%n",
                share.of(), out, out.resolve("overlays"));
        else System.out.printf("%d of %d shares are missing: %s%n", missing.size(), share.of(),
                missing.stream().map(p -> p + 1 + "/" + share.of()).limit(8).collect(Collectors.joining(", ")));
    }

    private void judge(Detector detector, Scans source) {
        List<Finding> findings = detector.examine(source, out, falsePositives);
        NormalReference normals = detector.model().normals();
        for (Finding f : findings) System.out.println(line(f, normals));
        long judged = findings.stream().filter(f -> f.score().isPresent()).count();
        long flagged = findings.stream().filter(f -> f.isSure() && f.flagged().orElse(false)).count();
        System.out.printf(Locale.ROOT, "%n%d of %d scans judged, %d flagged without a warning. %s%n", judged,
                findings.size(), flagged, detector.threshold(falsePositives).promise());
        detector.model().markers().ifPresent(
                known -> markers(findings.stream()).forEach(m -> System.out.println("marker " + known.words(m))));
        System.out.printf("Tables scans.csv, regions.csv and patches.csv in %s, pictures in %s%n", out,
                out.resolve("overlays"));
        System.out.println("Scans to look through: " + out.resolve("report.html").toAbsolutePath());
    }

    /** Those that were seen. */
    private static List<Integer> markers(Stream<Finding> findings) {
        return findings.flatMap(f -> f.regions().stream()).map(MarkedRegion::marker).filter(m -> m != Markers.NONE)
                .distinct().sorted().toList();
    }

    private static String line(Finding f, NormalReference normals) {
        String verdict = f.score().map(s -> String.format(Locale.ROOT, "%8.2f  %s%s", s, normals.words(s, "scans"),
                f.flagged().orElse(false) ? "  FLAGGED" : "")).orElse("       –  not judged");
        if (!f.regions().isEmpty())
            verdict += f.regions().size() == 1 ? "  1 region" : "  " + f.regions().size() + " regions";
        List<Integer> markers = markers(Stream.of(f));
        if (!markers.isEmpty()) verdict += (markers.size() == 1 ? " (marker " : " (markers ")
                + markers.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
        return f.scan() + "  " + verdict + f.warnings().stream().map("; "::concat).reduce("", String::concat);
    }
}
