package anogan.run;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Seeds that depend on what they are for, not on when they are drawn: an image's latent start comes from the run's seed
 * and the image itself, a training batch from the run's seed and the step. Order, batch size and a resumed run then
 * cannot change a number.
 */
public final class Seeds {
    private Seeds() {}

    /** The seed for the thing called {@code name} (64-bit FNV-1a over the name, mixed with the run's seed). */
    public static long of(long seed, String name) {
        long h = 0xcbf29ce484222325L ^ mix(seed);
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) h = (h ^ (b & 0xff)) * 0x100000001b3L;
        return mix(h);
    }

    /** A generator of its own for the thing called {@code name}. */
    public static SplittableRandom random(long seed, String name) {
        return new SplittableRandom(of(seed, name));
    }

    /** {@code n} numbers for the thing called {@code name}, uniform in [−1, 1]: points of the latent space. */
    public static float[] uniform(long seed, String name, int n) {
        SplittableRandom random = random(seed, name);
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) numbers[i] = (float) (2 * random.nextDouble() - 1);
        return numbers;
    }

    /** SplitMix64's finaliser (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
