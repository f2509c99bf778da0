package anogan.dcgan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.networks.Architecture;
import anogan.networks.Autoencoder;
import anogan.networks.Dcgan;
import anogan.networks.LearningEngine;
import anogan.networks.Pairs;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Checkpoints that version 0.1 wrote after step 3 (src/test/resources/format1, made at commit 9b82160): the step that
 * follows moves every array as it did then, which takes the right weights, average and moments.
 */
class Format1CheckpointTest {
    private static final Path FOLDER = Path.of("src/test/resources/format1");
    private static final Architecture TINY = new Architecture(32, 6, 0.0625);

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void aTrainingGoesOn(LearningEngine.Kind engine) {
        try (Trainer trainer = new Trainer(TINY, Pairs.options(6, 1).withEngine(engine), Pairs.noise(32))) {
            trainer.restore(Npy.readZip(FOLDER.resolve("training-3.npz")));
            assertEquals(3, trainer.step());
            Dcgan before = trainer.dcgan();
            trainer.train();
            Dcgan expected = Dcgan.load(FOLDER.resolve("training-4"));
            Dcgan actual = trainer.dcgan();
            compare(before.generator(), expected.generator(), actual.generator());
            compare(before.generatorRaw(), expected.generatorRaw(), actual.generatorRaw());
            compare(before.discriminator(), expected.discriminator(), actual.discriminator());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void anAutoencoderGoesOn(LearningEngine.Kind engine) {
        AutoencoderOptions options = new AutoencoderOptions(6, 4, 2e-3, 0.5, 0.2, false, 1000, 1).withEngine(engine);
        try (AutoencoderTrainer trainer = new AutoencoderTrainer(TINY, options, Pairs.noise(32))) {
            trainer.restore(Npy.readZip(FOLDER.resolve("acae-3.npz")));
            Autoencoder before = trainer.autoencoder();
            trainer.train();
            Autoencoder expected = Autoencoder.load(FOLDER.resolve("acae-4"));
            Autoencoder actual = trainer.autoencoder();
            compare(before.encoder(), expected.encoder(), actual.encoder());
            compare(before.decoder(), expected.decoder(), actual.decoder());
            compare(before.discriminator(), expected.discriminator(), actual.discriminator());
        }
    }

    /** The difference is small beside the move; what a bias before a batch norm does is in the running mean now. */
    private static void compare(Map<String, FloatArray> before, Map<String, FloatArray> expected,
            Map<String, FloatArray> actual) {
        expected.forEach((name, array) -> {
            String normed = "bn" + name.replaceAll("\\D", "");
            if (name.contains("conv") && name.endsWith("bias") && expected.containsKey(normed + ".weight")) return;
            boolean meanOfBiased = name.endsWith("running_mean") && !name.startsWith("bn0");
            FloatArray bias = meanOfBiased ? bias(expected, name) : FloatArray.zeros(array.shape());
            double move = 0;
            double difference = 0;
            for (int i = 0; i < array.data().length; i++) {
                double e = array.data()[i] - bias.data()[i];
                move += Math.pow(e - before.get(name).data()[i], 2);
                difference += Math.pow(e - actual.get(name).data()[i], 2);
                // that bias went on moving then, by rounding, about a learning rate a step
                if (meanOfBiased) assertEquals(e, actual.get(name).data()[i], 2 * 2e-3, name);
            }
            assertTrue(move > 0, name);
            assertTrue(meanOfBiased || difference < 1e-4 * move,
                    name + ": " + Math.sqrt(difference / move) + " of the move");
        });
    }

    private static FloatArray bias(Map<String, FloatArray> weights, String mean) {
        String number = mean.substring(2, mean.indexOf('.'));
        return weights.getOrDefault("deconv" + number + ".bias", weights.get("conv" + number + ".bias"));
    }
}
