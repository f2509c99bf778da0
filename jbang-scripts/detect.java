///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.Detector;
import anogan.Finding;
import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.scans.Scans;
import anogan.statistics.NormalReference;
import anogan.ui.Cli;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A trained model applied to any scans. */
@Command(name = "detect", sortOptions = false,
        description = {
                "Judges scans with a model file: pictures, volumes, folders, archives, tables of scans, any number; "
                        + "labels and patients are not needed.",
                "Prints a line for each scan, the most unusual first, and writes scans.csv and maps."},
        footer = {"", "Examples:", "  environment/jbang detect --model data/models/mine.anogan scan.png",
                "  environment/jbang detect --model data/models/mine.anogan --out findings scans.zip volume.vol"})
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
    double falsePositives = 0.05;

    public static void main(String... args) {
        Cli.main(new detect(), args);
    }

    @Override
    protected void run() {
        Detector detector = Detector.load(model);
        List<Finding> findings = detector.examine(Scans.each(scans), out, falsePositives);
        NormalReference normals = detector.model().normals();
        for (Finding f : findings) System.out.println(line(f, normals));
        long judged = findings.stream().filter(f -> f.score().isPresent()).count();
        long flagged = findings.stream().filter(f -> f.isSure() && f.flagged().orElse(false)).count();
        System.out.printf(Locale.ROOT, "%n%d of %d scans judged, %d flagged without a warning. %s%n", judged,
                findings.size(), flagged, detector.threshold(falsePositives).promise());
        Path table = out.resolve("scans.csv");
        AtomicFiles.writeString(table, table(findings));
        System.out.printf("Table %s, maps in %s%n", table, out.resolve("scores/maps"));
    }

    private static String line(Finding f, NormalReference normals) {
        String verdict = f.score().map(s -> String.format(Locale.ROOT, "%8.2f  %s%s", s, normals.words(s, "scans"),
                f.flagged().orElse(false) ? "  FLAGGED" : "")).orElse("       –  not judged");
        return f.scan() + "  " + verdict + f.warnings().stream().map("; "::concat).reduce("", String::concat);
    }

    private static String table(List<Finding> findings) {
        StringBuilder csv = new StringBuilder(Csv.line("scan", "file", "slice", "score", "percentile", "p_value",
                "flagged", "confidence", "warnings"));
        for (Finding f : findings) csv.append(Csv.line(f.scan(), f.file(), f.slice().map(String::valueOf).orElse(""),
                number("%.7g", f.score()), number("%.1f", f.percentile()), number("%.4g", f.pValue()),
                f.flagged().map(b -> b ? "1" : "0").orElse(""), number("%.2f", f.confidence()),
                String.join("; ", f.warnings())));
        return csv.toString();
    }

    private static String number(String format, Optional<Double> value) {
        return value.map(v -> String.format(Locale.ROOT, format, v)).orElse("");
    }
}
