package anogan.scans;

import anogan.UserError;
import anogan.scans.Samples.Meaning;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which pixels a mask marks: every one that is not background, whatever the file's kind — numbers of labels, indices of
 * a palette, colours, opacity. Numbers are never stretched: label 1 of three marks as much as label 3.
 *
 * <p>
 * Background is 0: black, the palette's first colour, what is transparent. Where 0 is neither most of the picture nor
 * most of its frame, and the mask has no other background than what lies around, that is taken, with a doubt. A mask of
 * many numbers up to white is black and white with soft edges or the noise of JPEG: there, a pixel is marked from half
 * of the faintest label on.
 *
 * @param marked 255 where a pixel is anomalous, else 0
 * @param doubts about how the mask was understood
 */
record MaskPicture(GrayImage marked, List<Doubt> doubts) {
    private static final Doubt INVERTED = new Doubt("with a mask that is light or coloured all around",
            "What lies around is taken for background, and all else for anomalous. Save masks with 0 around to settle it.");
    private static final Doubt RARE = new Doubt("with a mask in which 0 is rare",
            "0 is taken for background, and all else for anomalous. Save masks with 0 around to settle it.");
    private static final Doubt ALL = new Doubt("with a mask that marks every pixel",
            "All of the scan counts as anomalous. Save masks with 0 where nothing is.");
    private static final Doubt SOFT = new Doubt("with a mask of soft edges or JPEG noise",
            "Its pixels count as anomalous from half of the faintest label on. Save masks as PNG, one number a label, "
                    + "to settle it.");
    private static final int LABELS = 16;          // numbers in a mask that are surely labels
    private static final int NOISE = 32;           // of 255: JPEG's around edges is less
    private static final double PLAIN = 0.7;       // share of a mask's pixels that have one of its commonest numbers

    /** @param lossy whether the file's format, such as JPEG, changes numbers */
    static MaskPicture of(Samples samples, boolean lossy) {
        if (samples.meaning() == Meaning.CMYK)
            throw UserError.failure("The mask is in inks (CMYK), which have no 0. Save it as PNG, one number a label.");
        long[] keys = keys(samples);
        Map<Long, Integer> counts = new HashMap<>();
        for (long key : keys) counts.merge(key, 1, Integer::sum);
        float most = most(samples);
        boolean soft = lossy ? most > 0 : counts.size() > LABELS && isScale(samples, most);
        if (soft) return soft(samples, lossy, most);
        long zero = zero(samples, counts);
        long background = background(samples, keys, counts, zero);
        GrayImage marked = GrayImage.black(samples.height(), samples.width());
        for (int i = 0; i < keys.length; i++) marked.pixels()[i] = keys[i] == background ? 0 : 255;
        boolean all = counts.size() == 1 && background != keys[0];
        boolean sure = background == zero
                && (2 * counts.getOrDefault(zero, 0) >= keys.length || frame(samples, keys).equals(Optional.of(zero)));
        return new MaskPicture(marked,
                all ? List.of(ALL) : sure ? List.of() : List.of(background == zero ? RARE : INVERTED));
    }

    /** Whether the numbers are such as lie between black and white, and no numbers of labels. */
    private static boolean isScale(Samples samples, float most) {
        if (samples.meaning() == Meaning.INDEX) return false;
        if (samples.type() != NumberType.FLOAT) return most > samples.type().most() / 2;
        for (float v : samples.values()) if (Samples.isData(v) && v != Math.rint(v)) return true;
        return false;
    }

    private static long background(Samples samples, long[] keys, Map<Long, Integer> counts, long zero) {
        Optional<Long> around = frame(samples, keys);
        int zeros = counts.getOrDefault(zero, 0);
        if (2 * zeros >= keys.length || around.isEmpty() || counts.size() == 1) return zero;
        return zeros == 0 || counts.size() == 2 ? around.get() : zero;
    }

    /** What most pixels of the picture's frame hold, if there is such a thing. */
    private static Optional<Long> frame(Samples samples, long[] keys) {
        Map<Long, Integer> counts = new HashMap<>();
        int w = samples.width();
        int all = 0;
        for (int i = 0; i < keys.length; i++) {
            if (i >= w && i < keys.length - w && i % w > 0 && i % w < w - 1) continue;
            counts.merge(keys[i], 1, Integer::sum);
            all++;
        }
        int half = all / 2;
        return counts.entrySet().stream().filter(e -> e.getValue() > half).map(Map.Entry::getKey).findFirst();
    }

    /** One number for every pixel, equal where pixels are. What is transparent is 0, as black is. */
    private static long[] keys(Samples s) {
        boolean byOpacity = s.alpha() && sameColour(s);
        long[] keys = new long[s.height() * s.width()];
        for (int i = 0; i < keys.length; i++) {
            int at = i * s.bands();
            int colours = s.alpha() ? s.bands() - 1 : s.bands();
            float opacity = s.alpha() ? s.values()[at + colours] : 1;
            if (byOpacity) keys[i] = bits(opacity);
            else if (opacity > 0)
                for (int b = 0; b < colours; b++) keys[i] = 31 * 1_000_003L * keys[i] + bits(s.values()[at + b]);
        }
        return keys;
    }

    /** Zero of no data, of 0 and of −0. */
    private static long bits(float value) {
        return value == 0 || !Samples.isData(value) ? 0 : Float.floatToIntBits(value);
    }

    /** Whether what is not transparent has one colour, and something is transparent: opacity alone tells then. */
    private static boolean sameColour(Samples s) {
        int colours = s.bands() - 1;
        float first = s.values()[colours];
        int shown = -1;
        boolean varies = false;
        for (int at = 0; at < s.values().length; at += s.bands()) {
            varies |= s.values()[at + colours] != first;
            if (s.values()[at + colours] == 0) continue;
            if (shown < 0) shown = at;
            for (int b = 0; b < colours; b++) if (s.values()[at + b] != s.values()[shown + b]) return false;
        }
        return varies;
    }

    /**
     * The key of 0; of a palette in which another colour is black and the first is not, that one's, if it is commoner.
     */
    private static long zero(Samples s, Map<Long, Integer> counts) {
        if (s.meaning() != Meaning.INDEX || s.palette()[0] == 0) return 0;
        long zero = 0;
        for (int index = 1; index < s.palette().length; index++) {
            long key = bits(index);
            if (s.palette()[index] == 0 && counts.getOrDefault(key, 0) > counts.getOrDefault(zero, 0)) zero = key;
        }
        return zero;
    }

    private static float most(Samples samples) {
        float most = 0;
        for (float light : lights(samples)) most = Math.max(most, light);
        return most;
    }

    /** The largest of a pixel's colours, or its opacity where that alone tells. */
    private static float[] lights(Samples s) {
        boolean byOpacity = s.alpha() && sameColour(s);
        int colours = s.alpha() ? s.bands() - 1 : s.bands();
        float[] lights = new float[s.height() * s.width()];
        for (int i = 0; i < lights.length; i++) {
            int at = i * s.bands();
            if (s.alpha() && (byOpacity || s.values()[at + colours] == 0)) lights[i] = s.values()[at + colours];
            else for (int b = 0; b < colours; b++)
                if (Samples.isData(s.values()[at + b])) lights[i] = Math.max(lights[i], s.values()[at + b]);
        }
        return lights;
    }

    private static MaskPicture soft(Samples samples, boolean lossy, float most) {
        if (lossy && most < NOISE) {
            throw UserError.failure("The mask is a JPEG whose largest number is %s, which cannot be told from the "
                    + "noise that JPEG adds. Save it as PNG.", Math.round(most));
        }
        GrayImage marked = GrayImage.black(samples.height(), samples.width());
        float[] levels = lights(samples);
        float white = Math.max(most, lossy ? 255 : 0);
        for (int i = 0; i < levels.length; i++) levels[i] *= 255 / white;
        requireLabels(levels);
        boolean inverted = 2 * above(levels, 255 - NOISE) > levels.length && aroundIsLight(samples, levels);
        if (inverted) for (int i = 0; i < levels.length; i++) levels[i] = 255 - levels[i];
        float half = faintest(levels) / 2;
        for (int i = 0; i < levels.length; i++) marked.pixels()[i] = levels[i] >= half ? 255 : 0;
        return new MaskPicture(marked, inverted ? List.of(SOFT, INVERTED) : List.of(SOFT));
    }

    private static void requireLabels(float[] levels) {
        int common = IntStream.of(histogram(levels)).sorted().skip(256 - LABELS).sum();
        if (common >= PLAIN * levels.length) return;
        throw UserError.failure("The mask holds a picture and no labels: no %s grey levels have most of its pixels. "
                + "Save which pixels are anomalous, 0 where nothing is.", LABELS);
    }

    private static int[] histogram(float[] levels) {
        int[] counts = new int[256];
        for (float v : levels) counts[Math.round(Math.max(0, Math.min(255, v)))]++;
        return counts;
    }

    private static int above(float[] levels, float level) {
        int n = 0;
        for (float v : levels) if (v > level) n++;
        return n;
    }

    private static boolean aroundIsLight(Samples samples, float[] levels) {
        long[] light = new long[levels.length];
        for (int i = 0; i < light.length; i++) light[i] = levels[i] > 255 / 2f ? 1 : 0;
        return frame(samples, light).equals(Optional.of(1L));
    }

    /** The lowest level above the noise at which many pixels gather, a fifth of those above it. */
    private static float faintest(float[] levels) {
        int[] counts = histogram(levels);
        int above = above(levels, NOISE);
        int width = NOISE / 4;
        for (int v = NOISE; v < 256; v++) {
            int near = 0;
            for (int u = v; u <= Math.min(255, v + 2 * width); u++) near += counts[u];
            if (near == 0 || near * 5 < above) continue;
            int level = v;
            for (int u = v; u <= Math.min(255, v + 2 * width); u++) if (counts[u] > counts[level]) level = u;
            return level;
        }
        return 255;
    }
}
