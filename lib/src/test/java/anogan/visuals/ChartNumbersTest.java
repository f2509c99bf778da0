package anogan.visuals;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Map;
import java.awt.image.BufferedImage;
import anogan.io.FloatArray;
import anogan.scoring.Score;
import anogan.statistics.RocCurves;
import anogan.statistics.Density;
import java.util.List;
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

    /** A perfect score's curve runs up the left edge and along the top; a useless one's along the diagonal. */
    @Test
    void rocCurvesRunWhereTheyShould() {
        RocCurves roc = new RocCurves(Map.of("patch/A", new FloatArray(new float[] {0, 0, 1, 0, 1, 1}, 2, 3), "patch/D",
                new FloatArray(new float[] {0, 1, 0, 1}, 2, 2)));
        List<RocFigures.Curve> curves = List.of(RocFigures.Curve.of(Score.A, 3, ""),
                RocFigures.Curve.of(Score.D, 2, ""));
        BufferedImage image = RocFigures.draw(roc, RocCurves.PATCH, curves, Optional.empty());
        double[] a = centre(image, Style.score(Score.A).getRGB());
        double[] d = centre(image, Style.score(Score.D).getRGB());
        assertTrue(a[0] < d[0] - 80 && a[1] < d[1] - 80,
                "A is centred at %.0f, %.0f and D at %.0f, %.0f".formatted(a[0], a[1], d[0], d[1]));
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

    private static double area(Density d) {
        double area = 0;
        for (int i = 1; i < d.x().length; i++)
            area += (d.x()[i] - d.x()[i - 1]) * (d.density()[i] + d.density()[i - 1]) / 2;
        return area;
    }
}
