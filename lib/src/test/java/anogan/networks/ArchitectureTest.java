package anogan.networks;

import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import anogan.dcgan.TrainOptions;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void atWidthOneAndSize64ItIsThePapers() {
        Architecture a = new Architecture(64, 100, 1);
        assertArrayEquals(new int[] {512, 256, 128, 64, 1}, a.generatorChannels());
        assertArrayEquals(new int[] {1, 64, 128, 256, 512}, a.discriminatorChannels());
        assertEquals(4, a.layers());
        assertEquals(8192, a.features());
    }

    @Test
    void widthScalesAndSize32HasOneLayerLess() {
        assertArrayEquals(new int[] {64, 32, 16, 1}, new Architecture(32, 8, 0.25).generatorChannels());
        assertArrayEquals(new int[] {1, 16, 32, 64, 128}, new Architecture(64, 8, 0.25).discriminatorChannels());
        assertEquals(1024, new Architecture(32, 8, 0.25).features());
        assertArrayEquals(new int[] {1, 4, 8, 16}, new Architecture(32, 1, 0.0625).discriminatorChannels());
    }

    @Test
    void whatCannotBeBuiltIsRefused() {
        assertRefused(() -> new Architecture(48, 100, 1), "patch size", "32 or 64", "48");
        assertRefused(() -> new Architecture(64, 0, 1), "1 to 1024", "0");
        assertRefused(() -> new Architecture(64, 1025, 1), "1025");
        assertRefused(() -> new Architecture(64, 100, 0.06), "width", "0.06");
        assertRefused(() -> new Architecture(64, 100, 4.1), "width", "4.1");
        assertRefused(() -> new Architecture(64, 100, Double.NaN), "width", "NaN");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertRefused(() -> new TrainOptions(0, 8, 2e-4, 0.5, 0, 0.9, false, 1, 1, 1), "at least one step");
        assertRefused(() -> new TrainOptions(1, 1, 2e-4, 0.5, 0, 0.9, false, 1, 1, 1), "at least 2 patches");
        assertRefused(() -> new TrainOptions(1, 8, 0, 0.5, 0, 0.9, false, 1, 1, 1), "learning rate");
        assertRefused(() -> new TrainOptions(1, 8, Double.NaN, 0.5, 0, 0.9, false, 1, 1, 1), "learning rate", "NaN");
        assertRefused(() -> new TrainOptions(1, 8, 2e-4, 1, 0, 0.9, false, 1, 1, 1), "Beta1");
        assertRefused(() -> new TrainOptions(1, 8, 2e-4, 0.5, 0.5, 0.9, false, 1, 1, 1), "smoothing");
        assertRefused(() -> new TrainOptions(1, 8, 2e-4, 0.5, 0, 1, false, 1, 1, 1), "moving average");
        assertRefused(() -> new TrainOptions(1, 8, 2e-4, 0.5, 0, 0.9, false, 0, 1, 1), "every 1 or more steps");
        assertRefused(() -> new TrainOptions(1, 8, 2e-4, 0.5, 0, 0.9, false, 1, 0, 1), "every 1 or more steps");
    }
}
