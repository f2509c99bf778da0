package anogan.scans;

/**
 * The kinds of numbers that files hold, with the smallest and the largest of each. Whole numbers of fewer bits than 8
 * count as 8.
 */
enum NumberType {
    UINT8("8-bit numbers", 8, false), INT8("signed 8-bit numbers", 8, true), UINT16("16-bit numbers", 16, false),
    INT16("signed 16-bit numbers", 16, true), UINT32("32-bit numbers", 32, false),
    INT32("signed 32-bit numbers", 32, true), UINT64("64-bit numbers", 64, false),
    INT64("signed 64-bit numbers", 64, true), FLOAT("floating-point numbers", 0, true);

    private final String words;
    private final double least;
    private final double most;

    NumberType(String words, int bits, boolean signed) {
        this.words = words;
        double half = Math.pow(2, bits - 1);
        least = bits == 0 ? -Double.MAX_VALUE : signed ? -half : 0;
        most = bits == 0 ? Double.MAX_VALUE : signed ? half - 1 : 2 * half - 1;
    }

    /** What to call them in a message. */
    String words() {
        return words;
    }

    double least() {
        return least;
    }

    double most() {
        return most;
    }

    /** Whole numbers of so many bits, or of the next larger kind. */
    static NumberType whole(int bits, boolean signed) {
        if (bits <= 8) return signed ? INT8 : UINT8;
        if (bits <= 16) return signed ? INT16 : UINT16;
        if (bits <= 32) return signed ? INT32 : UINT32;
        return signed ? INT64 : UINT64;
    }
}
