package anogan.scans;

import java.io.Serializable;

/**
 * Which numbers of a file are black and white. Grey in between is linear, and what lies outside is black or white.
 *
 * @param black the number that becomes 0
 * @param white the number that becomes 255, more than {@code black}
 */
public record GreyRange(double black, double white) implements Serializable {
    static final GreyRange BYTE = new GreyRange(0, 255);
    /** What white may be in numbers from 0 upwards: 1, per cent, or the largest number of 8, 10, 12, 14 … bits. */
    private static final double[] WHITES = {1, 100, 255, 1023, 4095, 16383, 32767, 65535, 16777215, 2147483647.0,
            4294967295.0};
    private static final double USED = 0.25;
    private static final double BELOW_ZERO = 0.01;   // of the largest number: an interpolation's overshoot

    public GreyRange {
        if (!(black < white) || !Double.isFinite(white - black)) {
            throw new IllegalArgumentException("black is " + black + " and white is " + white);
        }
    }

    /** From 0 to the largest number of so many bits. */
    static GreyRange ofBits(int bits) {
        return new GreyRange(0, Math.pow(2, bits) - 1);
    }

    /**
     * What numbers mean that lie between two others: from 0 upwards, the smallest of the usual whites that is not
     * exceeded, if more than a quarter of it is used; in floating-point numbers around 0, −1 to 1 likewise; else black
     * is the smallest and white the largest of them.
     */
    static GreyRange usual(NumberType type, double low, double high) {
        if (high > 0 && low >= -BELOW_ZERO * high) {
            for (double white : WHITES) {
                boolean possible = white <= type.most() && (white > 1 || type == NumberType.FLOAT)
                        && (white != 32767 || type == NumberType.INT16);
                if (possible && high <= white && high > USED * white) return new GreyRange(0, white);
            }
        }
        if (type == NumberType.FLOAT && low >= -1 && high <= 1 && low < -USED) return new GreyRange(-1, 1);
        return new GreyRange(low, high > low ? high : low + Math.max(1, Math.abs(low)));   // of one number throughout
    }

    /** Whether bytes may be meant: not, where white is 1 or more than 255. */
    boolean isAmongBytes() {
        return black >= 0 && white > 1 && white <= 255;
    }
}
