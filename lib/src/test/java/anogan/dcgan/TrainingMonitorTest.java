package anogan.dcgan;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.FloatArray;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainingMonitorTest {
    private final TrainingMonitor monitor = new TrainingMonitor(Path.of("data/runs/ill"));

    @Test
    void lossesThatAreNoNumbersEndTheTraining() {
        assertFails(() -> monitor.check(losses(37, Double.NaN, 1), 30), "diverged at step 37", "checkpoint, of step 30",
                Path.of("data/runs/ill/checkpoint").toString(), "option learning-rate");
        assertFails(() -> monitor.check(losses(37, 1, Double.POSITIVE_INFINITY), 0), "diverged at step 37",
                "no checkpoint yet");
    }

    @Test
    void aDiscriminatorThatHasWonIsNamedOnce() {
        String said = err(() -> {
            for (int step = 1; step <= 2000; step++) monitor.check(losses(step, 0.001, 7), 0);
        });
        assertEquals(1, said.split("D has won", -1).length - 1, said);
        assertTrue(said.contains("label smoothing"), said);
    }

    @Test
    void aGoodGameIsSilent() {
        assertEquals("", err(() -> {
            SplittableRandom random = new SplittableRandom(1);
            for (int step = 1; step <= 2000; step++)
                // easy batches among hard ones
                monitor.check(losses(step, random.nextDouble() < 0.5 ? 0.001 : 1.2, 3), 0);
            monitor.check(samples(0.2f), 2000);
            monitor.check(samples(0), 0);   // G has not learned anything yet
        }));
    }

    @Test
    void samplesThatAreAllAlikeAreNamed() {
        String said = err(() -> monitor.check(samples(0), 400));
        assertTrue(said.contains("step 400") && said.contains("collapsed")
                && said.contains(Path.of("data/runs/ill/samples").toString()), said);
    }

    /** One picture with much contrast, sixteen times, with noise of the given size on top. */
    private static FloatArray samples(float noise) {
        FloatArray samples = FloatArray.zeros(16, 1, 8, 8);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < samples.data().length; i++)
            samples.data()[i] = (i % 8 < 4 ? 0.8f : -0.8f) + noise * (float) random.nextDouble(-1, 1);
        return samples;
    }

    private static Trainer.Losses losses(int step, double d, double g) {
        return new Trainer.Losses(step, d, g, 0.5, 0.5);
    }

    private static String err(Runnable body) {
        PrintStream err = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            body.run();
        } finally {
            System.setErr(err);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
