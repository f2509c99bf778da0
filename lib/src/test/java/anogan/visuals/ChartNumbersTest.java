package anogan.visuals;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.scoring.Score;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The numbers behind lines and areas. */
class ChartNumbersTest {
    @Property(tries = 50)
    void theAreaUnderADensityIsOne(
            @ForAll @Size(min = 2, max = 60) List<@DoubleRange(min = -5, max = 5) Double> values) {
        double[] v = values.stream().mapToDouble(d -> d).toArray();
        assertEquals(1, area(Density.of(v, -40, 40)), 0.02);
    }

    /** R: bw.nrd0(1:10) is 1.7193; the estimate is the mean of normal densities of that width. */
    @Test
    void theDensityIsSilvermans() {
        double[] values = IntStream.rangeClosed(1, 10).asDoubleStream().toArray();
        Density d = Density.of(values, -5, 16);
        for (int i = 0; i < d.x().length; i += 17) {
            double sum = 0;
            for (double v : values)
                sum += Math.exp(-Math.pow((d.x()[i] - v) / 1.7193, 2) / 2) / (1.7193 * Math.sqrt(2 * Math.PI));
            assertEquals(sum / 10, d.density()[i], 1e-5);
        }
    }

    @Test
    void aCohortOfEqualScoresIsANarrowPeak() {
        Density d = Density.of(new double[] {3, 3, 3}, 0, 10);
        assertEquals(1, area(d), 0.02);
        assertTrue(d.density()[0] == 0 && d.density()[72] > 1);
    }

    @Property
    void smoothingIsTheMeanOfTheNeighbours(
            @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = -9, max = 9) Double> values,
            @ForAll @IntRange(min = 1, max = 9) int window) {
        double[] y = values.stream().mapToDouble(d -> d).toArray();
        double[] expected = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            int centre = i;
            expected[i] = IntStream.range(0, y.length).filter(j -> Math.abs(j - centre) <= window / 2)
                    .mapToDouble(j -> y[j]).average().orElseThrow();
        }
        assertArrayEquals(expected, TrainingFigures.smooth(y, window), 1e-9);
    }

    /** A perfect score's curve runs up the left edge and along the top; a useless one's near the diagonal. */
    @Test
    void rocCurvesRunWhereTheyShould() {
        Random random = new Random(3);
        boolean[] positive = new boolean[400];
        double[] perfect = new double[400];
        double[] useless = new double[400];
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            positive[i] = i % 2 == 0;
            perfect[i] = positive[i] ? 1 + random.nextDouble() : random.nextDouble();
            useless[i] = random.nextDouble();
            groups.add("g" + i);
        }
        List<RocFigures.Curve> curves = List.of(new RocFigures.Curve("A", Style.score(Score.A), 2, perfect, ""),
                new RocFigures.Curve("D", Style.score(Score.D), 2, useless, ""));
        BufferedImage image = RocFigures.draw(curves, positive, groups, null, 1);
        double[] a = centre(image, Style.score(Score.A).getRGB());
        double[] d = centre(image, Style.score(Score.D).getRGB());
        assertTrue(a[0] < d[0] - 80 && a[1] < d[1] - 80,
                "A is centred at %.0f, %.0f and D at %.0f, %.0f".formatted(a[0], a[1], d[0], d[1]));
    }

    @Test
    void durationsReadAsPeopleSayThem() {
        assertEquals("62 s", Report.duration(62));
        assertEquals("2.9 min", Report.duration(171.2));
        assertEquals("2.0 h", Report.duration(7200));
    }

    private static double area(Density d) {
        double area = 0;
        for (int i = 1; i < d.x().length; i++)
            area += (d.x()[i] - d.x()[i - 1]) * (d.density()[i] + d.density()[i - 1]) / 2;
        return area;
    }

    /** Mean place of the pixels of a colour within the plot. */
    private static double[] centre(BufferedImage image, int rgb) {
        double x = 0;
        double y = 0;
        int n = 0;
        for (int v = 0; v < image.getHeight(); v++) {
            for (int u = 0; u < 590 * Style.SCALE; u++) {
                if (image.getRGB(u, v) != rgb) continue;
                x += u;
                y += v;
                n++;
            }
        }
        assertTrue(n > 500, "only " + n + " pixels of the curve");
        return new double[] {x / n, y / n};
    }
}
