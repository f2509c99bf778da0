package anogan;

import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.scoring.ScanMaps;
import anogan.statistics.NormalReference;
import anogan.markers.Region;
import anogan.statistics.ScanRanking;
import anogan.visuals.JudgedScans;
import anogan.visuals.JudgedScans.Judged;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a user of {@link Detector} looks at: tables of scans and regions, a picture of every judged scan, and a page to
 * look through them.
 */
final class FindingFiles {
    private static final int NAMED = 5;   // scans that could not be judged, on the page; the table has them all

    private final Path folder;
    private final ModelFile model;
    private final List<Finding> findings;

    FindingFiles(Path folder, ModelFile model, List<Finding> findings) {
        this.folder = folder;
        this.model = model;
        this.findings = findings;
    }

    /** @param maps of those that were judged */
    void write(ScanMaps maps, double falsePositives) {
        AtomicFiles.writeString(folder.resolve("scans.csv"), scans());
        AtomicFiles.writeString(folder.resolve("regions.csv"), regions());
        JudgedScans drawn = new JudgedScans(maps, model.look().scales());
        List<Judged> judged = findings.stream().filter(f -> f.score().isPresent()).map(f -> judged(maps, f)).toList();
        drawn.overlays(folder.resolve("overlays"), judged);
        drawn.page(folder.resolve("report.html"), "Scans judged by " + model.name(), words(falsePositives), judged);
    }

    private static Judged judged(ScanMaps maps, Finding f) {
        return new Judged(maps.patches().index(f.scan()).orElseThrow(), f.file(), f.score().orElseThrow(),
                f.percentile(), f.pValue(), f.flagged(), f.confidence(), f.warnings(), f.regions());
    }

    private String scans() {
        StringBuilder csv = new StringBuilder(Csv.line("scan", "file", "slice", "score", "percentile", "p_value",
                "flagged", "confidence", "regions", "warnings"));
        for (Finding f : findings) csv.append(Csv.line(f.scan(), f.file(), f.slice().map(String::valueOf).orElse(""),
                number("%.7g", f.score()), number("%.1f", f.percentile()), number("%.4g", f.pValue()),
                f.flagged().map(b -> b ? "1" : "0").orElse(""), number("%.2f", f.confidence()),
                f.score().map(s -> String.valueOf(f.regions().size())).orElse(""), String.join("; ", f.warnings())));
        return csv.toString();
    }

    private String regions() {
        StringBuilder csv = new StringBuilder(Csv.line("scan", "x", "y", "width", "height", "area", "area_um2",
                "mean_z", "highest_z", "sign", "depth"));
        for (Finding f : findings) for (Region r : f.regions()) csv.append(Csv.line(f.scan(), r.x(), r.y(), r.width(),
                r.height(), r.area(), number("%.1f", r.um2()), number("%.3f", Optional.of(r.meanZ())),
                number("%.3f", Optional.of(r.highestZ())), r.sign(), number("%.3f", r.depth())));
        return csv.toString();
    }

    private static String number(String format, Optional<Double> value) {
        return value.map(v -> String.format(Locale.ROOT, format, v)).orElse("");
    }

    private String words(double falsePositives) {
        NormalReference normals = model.normals();
        List<Finding> none = findings.stream().filter(f -> f.score().isEmpty()).toList();
        String first = none.stream().limit(NAMED).map(f -> f.file() + ": " + String.join("; ", f.warnings()))
                .collect(Collectors.joining(". "));
        String more = none.size() > NAMED ? "; the others are in scans.csv" : "";
        return new ScanRanking(model.score(), Optional.of(normals), Optional.of(normals.threshold(falsePositives)),
                List.of()).words() + " " + model.look().regions().words()
                + (none.isEmpty() ? ""
                        : String.format(Locale.ROOT, " Not judged, %d: %s%s.", none.size(), first, more));
    }
}
