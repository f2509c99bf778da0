package anogan.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ResidualScoresTest {
    private static final int SIZE = 32;
    private static final boolean[] EVERYWHERE = new boolean[SIZE * SIZE];

    static {
        Arrays.fill(EVERYWHERE, true);
    }

    private static float[] flat(double value) {
        float[] image = new float[SIZE * SIZE];
        Arrays.fill(image, (float) value);
        return image;
    }

    /** 52 of 1,024 pixels are the worst 5 %. */
    @Test
    void theWorstPixelsAloneDecideTheWorst() {
        float[] query = flat(0);
        for (int i = 0; i < 52; i++) query[i * 19] = i % 2 == 0 ? 0.5f : -0.5f;
        query[7] = 0.25f;
        assertEquals(0.5, ResidualScores.of(query, flat(0), EVERYWHERE, 1).worst(), 1e-6);
        query[19] = 0;
        assertEquals((51 * 0.5 + 0.25) / 52, ResidualScores.of(query, flat(0), EVERYWHERE, 1).worst(), 1e-6);
    }

    @Property(tries = 50)
    void speckleAveragesOutAndWhatHasOneSignStays(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] speckle = flat(0);
        for (int i = 0; i < speckle.length; i++) speckle[i] = random.nextBoolean() ? 0.3f : -0.3f;
        ResidualScores noise = ResidualScores.of(speckle, flat(0), EVERYWHERE, 2.5);
        ResidualScores area = ResidualScores.of(flat(0.3), flat(0), EVERYWHERE, 2.5);
        assertEquals(0.3 * SIZE * SIZE, area.smoothed(), 1e-2);
        assertTrue(noise.smoothed() < area.smoothed() / 4, noise + " " + area);
        assertEquals(noise.worst(), area.worst(), 1e-6);
    }

    /**
     * A place that is three times too dark counts as much as one three times too bright; a difference of grey values
     * would not say so.
     */
    @Test
    void tooDarkCountsAsMuchAsTooBright() {
        float[] grey36 = flat((36 - LogRatio.FLOOR) / 127.5 - 1);
        float[] grey12 = flat((12 - LogRatio.FLOOR) / 127.5 - 1);
        assertEquals(Math.log(3), ResidualScores.of(grey12, grey36, EVERYWHERE, 2).logRatio(), 1e-5);
        assertEquals(Math.log(3), ResidualScores.of(grey36, grey12, EVERYWHERE, 2).logRatio(), 1e-5);
        // There is nothing darker than black.
        assertEquals(0, ResidualScores.of(flat(-1.5), flat(-1), EVERYWHERE, 2).logRatio(), 1e-6);
    }

    @Test
    void theLogRatioIsThatOfTheRetina() {
        boolean[] retina = new boolean[SIZE * SIZE];
        float[] query = flat(-1);
        for (int i = 0; i < retina.length; i++) {
            retina[i] = i / SIZE >= 10 && i / SIZE < 20;
            if (!retina[i]) query[i] = 1;
        }
        assertEquals(0, ResidualScores.of(query, flat(-1), retina, 0.01).logRatio(), 1e-6);
        // No retina: the whole patch.
        assertTrue(ResidualScores.of(query, flat(-1), new boolean[SIZE * SIZE], 0.01).logRatio() > 1);
    }
}
