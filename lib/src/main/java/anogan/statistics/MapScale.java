package anogan.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * Where the colours of a map end: at a high quantile of what maps of normal scans hold, so that full heat reads "more
 * than almost any pixel of a healthy scan", and no scan glows merely because its picture was stretched to its own
 * maximum.
 */
public final class MapScale {
    /** This share of the pixels of normal maps lies below. */
    public static final double QUANTILE = 0.995;
    private static final int EVERY = 7;   // pixel of a map is enough for a quantile

    private MapScale() {}

    /** The {@link #QUANTILE} of all the values that are numbers; 1 if there is none above 0. */
    public static double of(List<float[]> parts) {
        double end = quantile(parts, QUANTILE);
        return end > 0 ? end : 1;
    }

    /** So large a share of all the values that are numbers lies below; 0 if there are none. */
    static double quantile(List<float[]> parts, double share) {
        float[] numbers = new float[parts.stream().mapToInt(p -> p.length).sum()];
        int n = 0;
        for (float[] part : parts) for (float v : part) if (!Float.isNaN(v)) numbers[n++] = v;
        Arrays.sort(numbers, 0, n);
        return n == 0 ? 0 : numbers[(int) Math.min(n - 1, Math.floor(share * n))];
    }

    /** Every seventh magnitude of a map, which may tell dark from bright by its sign. */
    public static float[] sample(float[] map) {
        float[] some = new float[(map.length + EVERY - 1) / EVERY];
        for (int i = 0; i < some.length; i++) some[i] = Math.abs(map[EVERY * i]);
        return some;
    }
}
