package anogan;

import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.markers.MarkedRegion;
import anogan.markers.Markers;
import anogan.markers.Region;
import anogan.statistics.NormalReference;
import anogan.statistics.ScanRanking;
import anogan.visuals.JudgedScans;
import anogan.visuals.JudgedScans.Judged;
import anogan.visuals.ScanPage.NamedRegion;
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
    private static final String SCORE = "%.7g";
    private static final int NAMED = 5;   // scans that could not be judged, on the page; the table has them all

    private final Path folder;
    private final ModelFile model;
    private final Detector.Judgement judgement;

    FindingFiles(Path folder, ModelFile model, Detector.Judgement judgement) {
        this.folder = folder;
        this.model = model;
        this.judgement = judgement;
    }

    void write(double falsePositives) {
        AtomicFiles.writeString(folder.resolve("scans.csv"), scans(judgement.findings()));
        AtomicFiles.writeString(folder.resolve("regions.csv"), regions(judgement.findings()));
        overlays(folder.resolve("overlays"));
        drawn().page(folder.resolve("report.html"), "Scans judged by " + model.name(), words(falsePositives), judged());
    }

    /** A picture of each judged scan. */
    void overlays(Path to) {
        drawn().overlays(to, judged());
    }

    private JudgedScans drawn() {
        return new JudgedScans(judgement.maps(), model.look().scales());
    }

    private List<Judged> judged() {
        return judgement.judged().stream()
                .map(f -> new Judged(judgement.maps().patches().index(f.scan()).orElseThrow(), f.file(),
                        f.score().orElseThrow(), f.percentile(), f.pValue(), f.flagged(), f.confidence(), f.warnings(),
                        f.regions().stream().map(r -> NamedRegion.of(r, model.markers())).toList()))
                .toList();
    }

    static String scans(List<Finding> findings) {
        StringBuilder csv = new StringBuilder(Csv.line("scan", "file", "slice", "score", "percentile", "p_value",
                "flagged", "confidence", "regions", "warnings"));
        findings.forEach(f -> csv.append(row(f)));
        return csv.toString();
    }

    /** A line of {@code scans.csv}. */
    static String row(Finding f) {
        return Csv.line(f.scan(), f.file(), f.slice().map(String::valueOf).orElse(""), number(SCORE, f.score()),
                number("%.1f", f.percentile()), number("%.4g", f.pValue()),
                f.flagged().map(b -> b ? "1" : "0").orElse(""), number("%.2f", f.confidence()),
                f.score().map(s -> String.valueOf(f.regions().size())).orElse(""), String.join("; ", f.warnings()));
    }

    /** The score as {@code scans.csv} tells it: scans that look alike there are in the order of their listing. */
    static double told(double score) {
        return Double.parseDouble(number(SCORE, Optional.of(score)));
    }

    static String regions(List<Finding> findings) {
        StringBuilder csv = new StringBuilder(Csv.line("scan", "x", "y", "width", "height", "area", "area_um2",
                "mean_z", "highest_z", "sign", "depth", "marker"));
        for (Finding f : findings) for (MarkedRegion marked : f.regions()) {
            Region r = marked.region();
            csv.append(Csv.line(f.scan(), r.x(), r.y(), r.width(), r.height(), r.area(), number("%.1f", r.um2()),
                    number("%.3f", Optional.of(r.meanZ())), number("%.3f", Optional.of(r.highestZ())), r.sign(),
                    number("%.3f", r.depth()), marked.marker() == Markers.NONE ? "" : marked.marker()));
        }
        return csv.toString();
    }

    private static String number(String format, Optional<Double> value) {
        return value.map(v -> String.format(Locale.ROOT, format, v)).orElse("");
    }

    private String words(double falsePositives) {
        NormalReference normals = model.normals();
        List<Finding> none = judgement.findings().stream().filter(f -> f.score().isEmpty()).toList();
        String first = none.stream().limit(NAMED).map(f -> f.file() + ": " + String.join("; ", f.warnings()))
                .collect(Collectors.joining(". "));
        String more = none.size() > NAMED ? "; the others are in scans.csv" : "";
        return new ScanRanking(model.score(), Optional.of(normals), Optional.of(normals.threshold(falsePositives)),
                List.of()).words() + " " + model.look().regions().words()
                + (none.isEmpty() ? ""
                        : String.format(Locale.ROOT, " Not judged, %d: %s%s.", none.size(), first, more));
    }
}
