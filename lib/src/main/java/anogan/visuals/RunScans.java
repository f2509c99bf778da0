package anogan.visuals;

import anogan.patches.ScanInfo;
import anogan.scoring.ScanMaps;
import anogan.statistics.ScanRanking;
import anogan.statistics.ScanRanking.Row;
import anogan.visuals.JudgedScans.Judged;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The test scans of a run as a {@link ScanPage}, {@value #FILE}. */
final class RunScans {
    static final String FILE = "scans.html";

    private RunScans() {}

    /** @param scales of the maps' heat, as {@link MapFigures#scales} finds them */
    static Path write(RunData run, double[] scales) {
        ScanRanking ranking = run.ranking();
        Path file = run.folder().file(FILE);
        new JudgedScans(new ScanMaps(run.folder(), run.patches()), Arrays.stream(scales).boxed().toList()).page(file,
                "Scans of " + run.folder().path().toAbsolutePath().normalize().getFileName(), ranking.words(),
                ranking.rows().stream().map(row -> judged(run, row)).toList());
        return file;
    }

    /** Where the page shows a scan; as JavaScript's {@code encodeURIComponent} writes it. */
    static String address(String scan) {
        return FILE + "#" + URLEncoder.encode(scan, StandardCharsets.UTF_8).replace("+", "%20").replace("%21", "!")
                .replace("%27", "'").replace("%28", "(").replace("%29", ")").replace("%7E", "~");
    }

    private static Judged judged(RunData run, Row row) {
        String name = row.scan().scan();
        int scan = run.patches().index(name).orElseThrow();
        return new Judged(scan, name, row.score(), row.percentile(), row.pValue(), row.flagged(), row.confidence(),
                warnings(run, run.scan(scan)), List.of());
    }

    private static List<String> warnings(RunData run, ScanInfo info) {
        return info.isSure(run.patches().options()) ? List.of()
                : List.of("The boundaries of the retina are unsure, and with them the score.");
    }
}
