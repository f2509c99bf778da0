package anogan.dcgan;

import anogan.UserError;
import anogan.io.FloatArray;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Notices the ways in which the game goes wrong, and says so on stderr: losses that are no numbers (training stops), a
 * discriminator that has won, a generator whose samples are all alike.
 */
final class TrainingMonitor extends LossMonitor<Trainer.Losses> {
    /** D's loss is averaged over about so many steps before it is judged. */
    private static final double MEMORY = 100;
    private static final double WON = 0.02;
    private static final double ALIKE = 0.02;
    private double averageLoss = 2 * Math.log(2);
    private boolean said;

    /** @param folder of the training */
    TrainingMonitor(Path folder) {
        super(folder);
    }

    /** @throws UserError if a loss is not finite */
    @Override
    void check(Trainer.Losses l, int checkpoint) {
        super.check(l, checkpoint);
        averageLoss += (l.discriminator() - averageLoss) / MEMORY;
        if (averageLoss < WON && !said) {
            said = true;
            System.err.printf(Locale.ROOT,
                    "%ntrain: D has won at step %d (its loss is below %s): G learns nothing more. "
                            + "Try 0.1 as label smoothing, or more scans.%n",
                    l.step(), WON);
        }
    }

    /** Collapse: the samples' standard deviation over different z, averaged over pixels. */
    @Override
    void check(FloatArray samples, int step) {
        int n = samples.shape()[0];
        int pixels = samples.data().length / n;
        double sd = 0;
        for (int p = 0; p < pixels; p++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double v = samples.data()[i * pixels + p];
                sum += v;
                squares += v * v;
            }
            sd += Math.sqrt(Math.max(0, squares / n - sum / n * sum / n)) / pixels;
        }
        if (step >= MEMORY && sd < ALIKE) {
            System.err.printf(Locale.ROOT,
                    "%ntrain: at step %d all samples look alike (standard deviation %.3f): G has collapsed. "
                            + "Look at %s; try another seed.%n",
                    step, sd, folder().resolve("samples"));
        }
    }
}
