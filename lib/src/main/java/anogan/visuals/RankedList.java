package anogan.visuals;

import anogan.statistics.ScanRanking;
import anogan.statistics.ScanRanking.Row;
import anogan.visuals.Html.Column;
import java.util.List;

/** The test scans as the report's first table, the most unusual on top; flagged ones are set off. */
final class RankedList {
    private static final int SHOWN = 50;

    private RankedList() {}

    static String html(ScanRanking ranking) {
        int all = ranking.rows().size();
        String rest = all <= SHOWN ? ""
                : Format.of(" The first %d of %d scans; all are in %s.", SHOWN, all, ScanRanking.FILE);
        return Html.element("h2", "Scans, the most unusual first") + Html.element("p", ranking.words() + rest) + "<p>"
                + Html.link(RunScans.FILE, "Look through the scans with their maps") + "</p>\n"
                + Html.table(ranking.rows().stream().limit(SHOWN).toList(), r -> r.flagged().orElse(false),
                        List.of(new Column<Row>("rank", r -> Format.count(r.rank())),
                                new Column<>("scan", r -> r.scan().scan(), r -> RunScans.address(r.scan().scan())),
                                new Column<>("class", r -> r.scan().className() + "\n" + r.scan().label().word()),
                                new Column<>("score\n" + ranking.score().title(), r -> Format.of("%.1f", r.score())),
                                new Column<>("percentile\namong healthy scans",
                                        r -> r.percentile().map(p -> Format.of("%.1f", p)).orElse("–")),
                                new Column<>("p\nif the scan is healthy",
                                        r -> r.pValue().map(p -> Format.of("%.2g", p)).orElse("–")),
                                new Column<>("flagged", r -> r.flagged().map(f -> f ? "yes" : "no").orElse("–")),
                                new Column<>("confidence\nof the boundaries",
                                        r -> r.confidence().map(c -> Format.of("%.2f", c)).orElse("–"))));
    }
}
