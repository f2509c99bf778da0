package anogan.scans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One range for all scans of a data set: what white is, what is left out, and what is said of it. */
class IntensitiesTest {
    private static final int H = 24;
    private static final int W = 32;
    private static final double[] UNIT = unit();

    /** A picture of all shades between 0.05 and 0.89, noisy. */
    private static double[] unit() {
        double[] unit = new double[H * W];
        Random random = new Random(7);
        for (int i = 0; i < unit.length; i++) unit[i] = 0.05 + 0.8 * i / unit.length + 0.04 * random.nextDouble();
        return unit;
    }

    private static Samples of(NumberType type, double low, double high) {
        float[] values = new float[H * W];
        for (int i = 0; i < values.length; i++) {
            double v = low + UNIT[i] * (high - low);
            values[i] = (float) (type == NumberType.FLOAT ? v : Math.rint(v));
        }
        return Samples.grey(H, W, values, type, Optional.empty());
    }

    private static Intensities all(Samples... scans) {
        Intensities intensities = new Intensities();
        for (Samples s : scans) intensities.add(() -> s);
        return intensities;
    }

    /** Numbers that end at 0.89 of white: white is found, and every grey value is right within one. */
    @ParameterizedTest
    @CsvSource({"UINT16, 0, 65535", "UINT16, 0, 16383", "UINT16, 0, 4095", "UINT16, 0, 1023", "UINT16, 0, 255",
            "UINT16, 0, 100", "INT16, 0, 32767", "INT16, 0, 4095", "UINT32, 0, 4294967295", "UINT32, 0, 65535",
            "INT32, 0, 2147483647", "FLOAT, 0, 1", "FLOAT, 0, 255", "FLOAT, 0, 65535", "FLOAT, 0, 100"})
    void numbersFromZeroUpwardsEndAtAUsualWhite(NumberType type, double low, double high) {
        Samples scan = of(type, low, high);
        Intensities intensities = all(scan);
        float[] grey = intensities.grey("a", scan).pixels();
        double bound = 0.51 * 255 / (high - low) + 1e-3;   // numbers were rounded
        for (int i = 0; i < grey.length; i++)
            assertEquals(255 * UNIT[i], grey[i], type == NumberType.FLOAT ? 0.01 : bound, "at " + i);
        assertEquals(type == NumberType.UINT16 && high == 65535 ? 0 : 1, intensities.notes().size());
    }

    /** Nothing is known of numbers on both sides of zero, or of large ones that use little: they are stretched. */
    @ParameterizedTest
    @CsvSource({"INT16, -32768, 32767", "INT16, -1000, 3000", "INT8, -128, 127", "INT32, -5, 100000", "FLOAT, -3, 12",
            "FLOAT, 0, 0.02", "FLOAT, 1e6, 3e6", "INT64, -1, 1000000000000"})
    void otherNumbersAreStretchedFromTheSmallestToTheLargest(NumberType type, double low, double high) {
        Samples scan = of(type, low, high);
        float[] grey = all(scan).grey("a", scan).pixels();
        float least = Float.MAX_VALUE;
        float most = -Float.MAX_VALUE;
        for (float v : scan.values()) {
            least = Math.min(least, v);
            most = Math.max(most, v);
        }
        for (int i = 0; i < grey.length; i++)
            assertEquals(255 * ((double) scan.values()[i] - least) / ((double) most - least), grey[i], 0.01);
    }

    /** However large or small it is. */
    @ParameterizedTest
    @CsvSource({"0", "-7", "1e30", "-9e36", "9e36", "1e-40"})
    void oneNumberThroughoutIsOneGrey(float number) {
        float[] values = new float[H * W];
        Arrays.fill(values, number);
        Samples scan = Samples.grey(H, W, values, NumberType.FLOAT, Optional.empty());
        assertEquals(1, all(scan).grey("a", scan).levels());
    }

    @Test
    void floatsAroundZeroAreMinusOneToOne() {
        Samples scan = of(NumberType.FLOAT, -1, 1);
        assertEquals(255 * UNIT[5], all(scan).grey("a", scan).pixels()[5], 0.01);
    }

    /** A dark scan stays dark beside a bright one, whichever is read first. */
    @Test
    void oneRangeServesAllScans() {
        Samples dark = of(NumberType.UINT16, 0, 1500);
        Samples bright = of(NumberType.UINT16, 0, 4095);
        Intensities intensities = all(dark, bright);
        assertEquals(255 * 1500 / 4095.0 * UNIT[9], intensities.grey("dark", dark).pixels()[9], 0.1);
        assertEquals(255 * UNIT[9], intensities.grey("bright", bright).pixels()[9], 0.1);
        assertEquals(Map.of("uint16", new GreyRange(0, 4095)), intensities.ranges());
        assertEquals(1, intensities.notes().size());
        assertTrue(intensities.notes().get(0).startsWith("The 16-bit numbers of 2 scans lie between "));
        assertTrue(intensities.notes().get(0).contains("white is 4095"), intensities.notes().get(0));
        assertEquals(List.of(), intensities.doubts());
    }

    /** Numbers of other types are other numbers: 12 bits in one file say nothing about 0 to 1 in another. */
    @Test
    void everyTypeHasItsOwnRange() {
        Samples whole = of(NumberType.UINT16, 0, 4095);
        Samples real = of(NumberType.FLOAT, 0, 1);
        Intensities intensities = all(whole, real);
        assertEquals(255 * UNIT[3], intensities.grey("a", whole).pixels()[3], 0.1);
        assertEquals(255 * UNIT[3], intensities.grey("b", real).pixels()[3], 0.1);
        assertEquals(2, intensities.notes().size());
    }

    /**
     * Hot pixels, marks of missing data, NaN and infinity at either end: what is left is read as if they were not
     * there.
     */
    @ParameterizedTest
    @CsvSource({"UINT16, 4095, 65535, 1", "UINT16, 4095, 65535, 200", "INT16, 4095, 32000, 1",
            "INT16, 4095, -32768, 90", "FLOAT, 1, 3.4028235e38, 96", "FLOAT, 1, NaN, 50", "FLOAT, 1, Infinity, 7",
            "FLOAT, 1, -Infinity, 7", "FLOAT, 1, -9999, 120", "FLOAT, 1, 1e30, 2", "FLOAT, 1, -3.4028235e38, 3"})
    void outliersHaveNoSay(NumberType type, double white, float outlier, int times) {
        Samples scan = of(type, 0, white);
        for (int i = 0; i < times; i++) scan.values()[3 * i] = outlier;
        Intensities intensities = all(scan);
        float[] grey = intensities.grey("a", scan).pixels();
        for (int i = 1; i < grey.length; i += 3) assertEquals(255 * UNIT[i], grey[i], 0.1);
        boolean black = outlier < 0 && Samples.isData(outlier);
        assertEquals(black ? 0 : 255, grey[0]);
        String said = intensities.notes().get(0);
        assertTrue(said.contains(times + (Samples.isData(outlier) ? " far outside" : " are no data")), said);
    }

    /** Bright structures in few pixels are no outliers, nor are the two values of a mask. */
    @Test
    void fewBrightPixelsCount() {
        Samples scan = of(NumberType.FLOAT, 0, 0.4);
        for (int i = 0; i < 12; i++) scan.values()[i] = 0.5f + 0.04f * i;
        assertEquals(255 * 0.94, all(scan).grey("a", scan).pixels()[11], 0.1);
        float[] two = new float[H * W];
        two[5] = 1000;
        assertEquals(1000 / 1023.0 * 255, all(Samples.grey(H, W, two, NumberType.UINT16, Optional.empty()))
                .grey("m", Samples.grey(H, W, two, NumberType.UINT16, Optional.empty())).pixels()[5], 0.1);
    }

    @Test
    void whatWasGivenCounts() {
        Samples scan = of(NumberType.UINT16, 0, 4095);
        Samples bytes = Samples.bytes(H, W, 1, of(NumberType.FLOAT, 0, 255).values());
        Intensities intensities = all(scan, bytes);
        intensities.use(new GreyRange(1000, 2000));
        float[] grey = intensities.grey("a", scan).pixels();
        for (int i = 0; i < grey.length; i++)
            assertEquals(Math.max(0, Math.min(255, 255 * (4095 * UNIT[i] - 1000) / 1000)), grey[i], 0.2);
        assertArrayEquals(bytes.values(), intensities.grey("b", bytes).pixels(), 1e-3f);
        assertTrue(intensities.doubts().get(0).startsWith("1 scan (a) of which more than half lies outside"));
        intensities.use(new GreyRange(0, 100));
        assertEquals(Math.min(255, 2.55 * bytes.values()[40]), intensities.grey("b", bytes).pixels()[40], 1e-3);
    }

    /** A file's wish how to be shown is heeded where all agree, and where it shows anything. */
    @Test
    void windowsAreHeededIfTheyAgree() {
        Samples scan = of(NumberType.INT16, -1000, 3000);
        Samples first = scan.shownIn(new GreyRange(0, 2000));
        Samples other = scan.shownIn(new GreyRange(0, 2500));
        assertEquals(new GreyRange(0, 2000), rangeOf(first, first));
        assertEquals(rangeOf(scan, scan), rangeOf(first, other));
        assertEquals(rangeOf(scan, scan), rangeOf(first, scan));
        Samples useless = scan.shownIn(new GreyRange(50_000, 60_000));
        assertEquals(rangeOf(scan, scan), rangeOf(useless, useless));
    }

    private static GreyRange rangeOf(Samples... scans) {
        Intensities intensities = all(scans);
        intensities.grey("a", scans[0]);
        return intensities.ranges().get("int16");
    }

    /** Ten bits beside twelve, and per cent beside both. */
    @Test
    void scansThatUseLittleAreNamed() {
        Samples twelve = of(NumberType.UINT16, 0, 4095);
        Samples ten = of(NumberType.UINT16, 0, 1023);
        Samples hundred = of(NumberType.UINT16, 0, 100);
        Intensities intensities = all(twelve, ten, hundred);
        intensities.grey("twelve", twelve);
        assertEquals(List.of(), intensities.doubts());
        intensities.grey("ten", ten);
        intensities.grey("hundred", hundred);
        assertEquals(2, intensities.doubts().size());
        assertTrue(intensities.doubts().get(0).startsWith("1 scan (hundred) with fewer than 32 grey levels"));
        assertTrue(intensities.doubts().get(0).contains("option range"));
        assertTrue(intensities.doubts().get(1).startsWith("1 scan (ten) whose largest number is less than a third"));
    }

    /** Whatever the numbers are, the range holds the middle 99 % of them, and is no wider than twice what they use. */
    @Property(tries = 100)
    void theRangeHoldsNearlyAll(@ForAll int seed, @ForAll @IntRange(min = 1, max = 12) int scale) {
        Random random = new Random(seed);
        float[] values = new float[4000];
        for (int i = 0; i < values.length; i++) values[i] = (float) (random.nextGaussian() * Math.pow(10, scale - 6)
                + (seed % 3) * Math.pow(10, scale - 6));
        Samples scan = Samples.grey(50, 80, values, NumberType.FLOAT, Optional.empty());
        Intensities intensities = all(scan);
        intensities.grey("a", scan);
        GreyRange range = intensities.ranges().get("float");
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        assertTrue(range.black() <= sorted[20] && range.white() >= sorted[3979], range + " of " + sorted[20]);
        double width = sorted[3999] - sorted[0];
        assertTrue(range.white() - range.black() <= 4 * width, range + " of " + width);
    }
}
