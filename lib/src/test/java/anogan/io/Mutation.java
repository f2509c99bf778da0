package anogan.io;

import java.util.Arrays;
import java.util.Random;

/**
 * Damage done to files: bytes set, bits flipped, digits exchanged, numbers made huge or negative, pieces doubled, cut
 * out or cut off.
 */
public final class Mutation {
    private Mutation() {}

    /** A copy with so many damages. */
    public static byte[] of(byte[] original, Random random, int damages) {
        byte[] b = original.clone();
        for (int m = 0; m < damages && b.length > 4; m++) {
            int near = random.nextInt(3) == 0 ? b.length : Math.min(b.length, 512);   // headers are where it hurts
            int at = random.nextInt(near);
            switch (random.nextInt(7)) {
                case 0 -> b[at] = (byte) random.nextInt(256);
                case 1 -> b[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> b[at] = (byte) "0123456789(),-'".charAt(random.nextInt(15));
                case 3 -> b[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
                case 4 -> Arrays.fill(b, at, Math.min(b.length, at + 4),
                        (byte) (random.nextInt(3) == 0 ? 0 : random.nextBoolean() ? 0xff : 0x7f));
                case 5 -> b = repeat(b, at, Math.min(b.length, at + 1 + random.nextInt(20)), random.nextInt(3));
                default -> b = random.nextInt(4) == 0 ? Arrays.copyOf(b, at) : b;
            }
        }
        return b;
    }

    /** The piece from..to, so many times. */
    private static byte[] repeat(byte[] b, int from, int to, int times) {
        byte[] s = new byte[b.length + (times - 1) * (to - from)];
        System.arraycopy(b, 0, s, 0, from);
        for (int t = 0; t < times; t++) System.arraycopy(b, from, s, from + t * (to - from), to - from);
        System.arraycopy(b, to, s, from + times * (to - from), b.length - to);
        return s;
    }
}
