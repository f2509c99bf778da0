package anogan.scans;

/**
 * Which numbers of a file are black and white. Grey in between is linear, and what lies outside is black or white.
 *
 * @param black the number that becomes 0
 * @param white the number that becomes 255, more than {@code black}
 */
record GreyRange(double black, double white) {
    static final GreyRange BYTE = new GreyRange(0, 255);

    public GreyRange {
        if (!(black < white) || !Double.isFinite(white - black)) {
            throw new IllegalArgumentException("black is " + black + " and white is " + white);
        }
    }

    /** From 0 to the largest number of so many bits. */
    static GreyRange ofBits(int bits) {
        return new GreyRange(0, Math.pow(2, bits) - 1);
    }
}
