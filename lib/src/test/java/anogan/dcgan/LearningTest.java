package anogan.dcgan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.networks.Architecture;
import anogan.run.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The game is won by imitation: on patches that are dark above an edge at a random height and bright below, G comes to
 * draw dark above bright.
 */
class LearningTest {
    private static final int SIZE = 32;
    private static final int SAMPLES = 64;

    /** Edge between rows 8 and 24, −0.6 above, 0.6 below, a little noise. */
    private static void edges(long step, int n, float[] batch) {
        SplittableRandom random = Seeds.random(11, "edges " + step);
        for (int i = 0; i < n; i++) {
            int edge = random.nextInt(8, 25);
            for (int p = 0; p < SIZE * SIZE; p++)
                batch[i * SIZE * SIZE + p] = (p / SIZE < edge ? -0.6f : 0.6f) + (float) random.nextDouble(-0.1, 0.1);
        }
    }

    @Test
    void samplesComeToLookLikeTheData() {
        float[] data = new float[SAMPLES * SIZE * SIZE];
        edges(0, SAMPLES, data);
        Trainer trainer = new Trainer(new Architecture(SIZE, 8, 0.125),
                new TrainOptions(120, 8, 1e-3, 0.5, 0.1, 0.9, false, 1000, 1000, 1), LearningTest::edges);
        double before = distance(profile(data), profile(trainer.samples(SAMPLES).data()));
        for (int step = 0; step < 120; step++) trainer.train();
        float[] samples = trainer.samples(SAMPLES).data();
        double after = distance(profile(data), profile(samples));
        assertTrue(after < before / 2, "row means were " + before + " away from the data's and are now " + after);
        assertTrue(spread(samples) > 0.25 * spread(data),
                "all samples are alike: " + spread(samples) + " against " + spread(data));
    }

    /** Mean grey value of each row, over all images. */
    private static double[] profile(float[] images) {
        double[] rows = new double[SIZE];
        for (int i = 0; i < images.length; i++) rows[i / SIZE % SIZE] += images[i] / (images.length / SIZE);
        return rows;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int row = 0; row < SIZE; row++) sum += Math.abs(a[row] - b[row]) / SIZE;
        return sum;
    }

    /** Standard deviation over images of an image's mean grey value: how much the height of the edge varies. */
    private static double spread(float[] images) {
        int n = images.length / (SIZE * SIZE);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double mean = 0;
            for (int p = 0; p < SIZE * SIZE; p++) mean += images[i * SIZE * SIZE + p] / (SIZE * SIZE);
            sum += mean;
            squares += mean * mean;
        }
        return Math.sqrt(Math.max(0, squares / n - sum / n * sum / n));
    }
}
