package anogan.patches;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.phantom.PhantomScans;
import anogan.scans.GrayImage;
import anogan.scans.Scans;
import anogan.scans.Split;
import anogan.scans.SplitOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phantom scans as other scanners would deliver them: their rows so many times as many. */
class RetinaScaleTest {
    private static final Scans PHANTOM = new PhantomScans(5, 2, 2, 1);

    @TempDir
    Path folder;

    /** The phantom with other pixels in place of those of some scans. */
    private record Changed(Predicate<Listed> which, Function<GrayImage, GrayImage> change) implements Scans {
        @Override
        public Listing list(SplitOptions options) {
            return new Listing(PHANTOM.list(options).scans().stream()
                    .map(s -> which.test(s)
                            ? new Listed(s.file(), s.scan(), s.group(), s.className(), s.split(), s.attributes(),
                                    () -> changed(s.read().get()))
                            : s)
                    .toList(), List.of());
        }

        private Pixels changed(Pixels pixels) {
            return new Pixels(change.apply(pixels.image()), pixels.mask().map(change));
        }
    }

    private static Scans stretched(double factor, Predicate<Scans.Listed> which) {
        return new Changed(which, i -> i.resize((int) Math.round(factor * i.height()), i.width()));
    }

    private static GrayImage noise(GrayImage like) {
        Random random = new Random(1);
        GrayImage noise = GrayImage.black(like.height(), like.width());
        for (int i = 0; i < noise.pixels().length; i++)
            noise.pixels()[i] = (float) Math.max(0, Math.min(255, 60 + 25 * random.nextGaussian()));
        return noise;
    }

    private Patches prepare(Scans scans, PrepareOptions options, String name) {
        return Patches.prepare(scans, options, folder.resolve(name));
    }

    /** Thickness in the strip by scan, of healthy eyes. */
    private static Map<String, Double> thickness(Patches patches) {
        Map<String, Double> thickness = new HashMap<>();
        for (ScanInfo s : patches.scans())
            if (s.normal()) thickness.put(s.scan(), patches.retinaThickness(patches.scans().indexOf(s)));
        return thickness;
    }

    private static double median(Patches patches) {
        double[] sorted = thickness(patches).values().stream().mapToDouble(t -> t).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void healthyRetinasAreAsThickInWhateverRowsTheyCome(int size) {
        Patches plain = prepare(PHANTOM, PrepareOptions.defaults(size), "plain");
        assertEquals(9, thickness(plain).size());
        assertEquals(PrepareOptions.HEALTHY * size, median(plain), 0.05 * PrepareOptions.HEALTHY * size);
        for (double factor : new double[] {0.5, 1.7, 2.6}) {
            Patches other = prepare(stretched(factor, s -> true), PrepareOptions.defaults(size), "stretched");
            assertEquals(plain.scans().size(), other.scans().size(), () -> other.manifest().skipped().toString());
            assertEquals(median(plain), median(other), 0.03 * median(plain), "stretched by " + factor);
            assertEquals(plain.options().scale(), factor * other.options().scale(), 0.03 * plain.options().scale());
        }
    }

    /** However test scans look, they do not say how high rows are; nor do those that set thresholds. */
    @Test
    void noScanThatIsNotLearnedFromHasASay() {
        PrepareOptions options = PrepareOptions.defaults(32);
        Patches plain = prepare(PHANTOM, options, "plain");
        Predicate<Scans.Listed> judged = s -> s.split() != Split.TRAIN;
        for (Scans scans : List.of(stretched(1.5, judged),
                new Changed(s -> s.split() == Split.TEST && !s.className().equals("NORMAL"), RetinaScaleTest::noise))) {
            Patches other = prepare(scans, options, "changed");
            assertEquals(plain.options(), other.options());
            for (int scan : plain.scans(Split.TRAIN)) assertArrayEquals(plain.strip(scan), other.strip(scan));
        }
        Patches other = prepare(stretched(1.5, s -> s.split() == Split.TRAIN), options, "changed");
        assertTrue(other.options().scale() < 0.75 * plain.options().scale(), "training scans have one");
    }

    /** A folder in which there is no retina says so in a sentence, and scales nothing. */
    @Test
    void withoutARetinaNothingIsScaled() {
        PrepareOptions options = PrepareOptions.defaults(32);
        Scans noise = new Changed(s -> true, RetinaScaleTest::noise);
        assertEquals(1, RetinaScale.measured(noise.list(options.split()).scans(), options).scale());
        assertFails(() -> prepare(noise, options, "noise"), "No usable scan is left for train", "shows no retina");
        Scans black = new Changed(s -> true, i -> GrayImage.black(i.height(), i.width()));
        assertFails(() -> prepare(black, options, "black"), "No usable scan is left for train", "black throughout");
        Scans tiny = new Changed(s -> true, i -> GrayImage.black(9, 7));
        assertFails(() -> prepare(tiny, options, "tiny"), "No usable scan is left for train", "too small: 7 x 9");
        assertEquals(13, prepare(noise, options.withMinConfidence(0), "any").scans().size(), "who asks for it gets it");
    }

    @Test
    void aGivenHeightIsObeyed() {
        PrepareOptions options = PrepareOptions.defaults(32);
        Patches half = prepare(PHANTOM, options.withScale(0.5), "half");
        Patches quarter = prepare(PHANTOM, options.withScale(0.25), "quarter");
        assertEquals(0.5, half.options().scale());
        assertEquals(0.25, quarter.options().scale());
        assertEquals(2, median(half) / median(quarter), 0.25, "thin retinas are found less exactly");
        // 187 rows at 512 columns are 93.5 at 256: half of them are 47
        Patches rows = prepare(PHANTOM, options.withRows(47), "rows");
        assertEquals(47, rows.options().rows());
        assertEquals(0, rows.options().scale(), "not measured where it has no say");
        assertEquals(thickness(half), thickness(rows));
        Patches whole = prepare(PHANTOM, options.withFlatten(false), "whole");
        assertEquals(0, whole.options().scale(), "nothing is flattened");
    }
}
