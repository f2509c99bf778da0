package anogan.visuals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import anogan.run.RunInfo;
import anogan.run.RunFolder;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.statistics.Analysis;
import anogan.statistics.AnalysisOptions;
import anogan.statistics.ScoreTable;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.XYChart;

/** Sheets, tiles, letters: everything has its place, whatever the data are called. */
class LayoutTest {
    @Property(tries = 200)
    void textFitsTheRoomThatItHas(@ForAll String text, @ForAll @IntRange(min = 20, max = 400) int width) {
        String shown = Style.fit(text, Style.text(), width);
        assertTrue(Style.metrics(Style.text()).stringWidth(shown) <= width);
        if (Style.metrics(Style.text()).stringWidth(text) <= width) assertEquals(text, shown);
    }

    @Test
    void whatIsCutKeepsItsBeginningAndEnd() {
        String shown = Style.fit("patient-0001-left-eye-scan-0042", Style.text(), 120);
        assertTrue(shown.startsWith("pati") && shown.contains("…") && shown.endsWith("0042"), shown);
    }

    /** The last number of an axis stands centred below the axis's end: half of it has to fit beside the plot. */
    @ParameterizedTest
    @ValueSource(ints = {300, 1_200, 4_000, 20_000, 100_000, 1_000_000})
    void longNumbersAtTheEndOfAnAxisAreNotCutOff(int steps) {
        XYChart chart = Charts.chart("Losses", "step", "loss", Style.WIDTH / 2, 360);
        Charts.range(chart, 0, steps, 0, 8);
        Charts.line(chart, "loss", new double[] {0, steps}, new double[] {0, 8}, Style.NORMAL, 1);
        BufferedImage image = Charts.render(chart);
        for (int y = 0; y < image.getHeight(); y++)
            assertEquals(Style.PAPER.getRGB(), image.getRGB(image.getWidth() - 1, y), "row " + y);
    }

    @Test
    void enlargedPatchesKeepHardPixels() {
        float[] checker = {0, 255, 255, 0};
        BufferedImage grid = new ImageGrid(List.of(), 10, 0, true)
                .row(List.of(), List.of(ImageGrid.Tile.of(Heat.grey(checker, 2, 2)))).draw();
        assertEquals(10 * Style.SCALE, grid.getWidth());
        assertEquals(10 * Style.SCALE, grid.getHeight());
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 20; x++)
                assertEquals(checker[y / 10 * 2 + x / 10] == 0 ? 0xff000000 : 0xffffffff, grid.getRGB(x, y));
        }
    }

    /** Tile sizes, gaps of 8, a head of 24, captions of 20, words at the left: in points. */
    @Test
    void aGridIsAsLargeAsItsTiles() {
        BufferedImage tile = Heat.grey(new float[32 * 64], 32, 64);
        BufferedImage grid = new ImageGrid(List.of("a", "b", "c"), 100, 50, false)
                .row(List.of("one"), List.of(ImageGrid.Tile.of(tile), ImageGrid.Tile.of(tile), ImageGrid.Tile.of(tile)))
                .row(List.of("two"), List.of(new ImageGrid.Tile(tile, "caption"), new ImageGrid.Tile(tile, ""))).draw();
        assertEquals((50 + 3 * 108) * Style.SCALE, grid.getWidth());
        assertEquals((24 + 50 + 8 + 50 + 20) * Style.SCALE, grid.getHeight());
    }

    @Test
    void sheetsAreJoinedWithoutLoss() {
        BufferedImage black = Heat.grey(new float[6], 2, 3);
        BufferedImage row = Sheets.row(1, List.of(black, black));
        assertEquals(List.of(6 + Style.SCALE, 2), List.of(row.getWidth(), row.getHeight()));
        BufferedImage column = Sheets.column(1, black, black);
        assertEquals(List.of(3, 4 + Style.SCALE), List.of(column.getWidth(), column.getHeight()));
        assertEquals(0xffffffff, row.getRGB(3, 0));
        assertEquals(0xff000000, row.getRGB(3 + Style.SCALE, 1));
    }

    /** Many classes with long, look-alike names make a chart that is finished, and within its sheet. */
    @Property(tries = 8)
    void anyNumberOfClassesWithAnyNamesIsDrawn(@ForAll @UniqueElements List<String> names) {
        List<ScoreTable.Case> cases = new ArrayList<>();
        for (String name : names) {
            for (int i = 0; i < 3; i++) {
                cases.add(new ScoreTable.Case("s" + cases.size(), "g" + i, name + " of a class whose name is long",
                        Split.TEST, Label.values()[cases.size() % 2], 0, 0));
            }
        }
        double[] scores = new double[cases.size()];
        for (int i = 0; i < scores.length; i++) scores[i] = 100 + 10 * Math.sin(i);
        Analysis empty = new Analysis(1, AnalysisOptions.defaults(), List.of(), List.of(), List.of(), List.of(),
                List.of(), List.of(), List.of(), List.of());
        ScoreTable table = new ScoreTable(cases, Map.of(Score.A.of(Aggregate.MEAN), scores));
        RunData run = new RunData(new RunFolder(Path.of("none")), RunInfo.begin(Path.of("patches"), "abc", 1), empty,
                null, table, table);
        assertTimeoutPreemptively(Duration.ofSeconds(60),
                () -> assertEquals(names.isEmpty(), ScoreFigures.classes(run, Aggregate.MEAN).isEmpty()));
    }
}
