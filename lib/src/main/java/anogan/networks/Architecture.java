package anogan.networks;

import anogan.UserError;

/**
 * The shape of generator and discriminator: the paper's DCGAN at any width (section 2.1; Radford et al.,
 * <i>Unsupervised Representation Learning with Deep Convolutional GANs</i>, ICLR 2016).
 *
 * <p>
 * At {@code size = 64}, {@code width = 1} these are the paper's networks: G has channels 512-256-128-64 and four
 * fractionally strided convolutions, D has four convolutions with 64-128-256-512 channels; kernels are 5×5, strides 2.
 * {@code size = 32} has one layer less. Both reach 4×4 pixels at the deep end.
 *
 * @param size   patch height and width in pixels: 32 or 64
 * @param latent length of z, 100 in DCGAN; z is uniform in [−1, 1]
 * @param width  scales all channel counts; 0.25 gives 16-32-64-128
 */
public record Architecture(int size, int latent, double width) {
    /** Height and width of the deepest feature maps. */
    public static final int DEEP = 4;
    /** Slope of LeakyReLU in D. */
    public static final double LEAK = 0.2;

    public Architecture {
        if (size != 32 && size != 64) throw UserError.usage("The patch size must be 32 or 64, not %d.", size);
        if (latent < 1 || latent > 1024) throw UserError.usage("z must have 1 to 1024 numbers, not %d.", latent);
        if (!(width * 64 >= 4) || width > 4) throw UserError.usage("The width must lie in 0.0625 to 4, not %s.", width);
    }

    /** A quarter of the paper's channels and 64 numbers of z: what a laptop trains in minutes. */
    public static Architecture defaults() {
        return new Architecture(64, 64, 0.25);
    }

    public static Architecture paper() {
        return new Architecture(64, 100, 1);
    }

    public Architecture withSize(int size) {
        return new Architecture(size, latent, width);
    }

    public Architecture withLatent(int latent) {
        return new Architecture(size, latent, width);
    }

    public Architecture withWidth(double width) {
        return new Architecture(size, latent, width);
    }

    /** Strided layers in each network: 4 at 64 pixels, 3 at 32. */
    public int layers() {
        return Integer.numberOfTrailingZeros(size / DEEP);
    }

    /** Channels of D from image to features: 1, 64, 128, … (times width). */
    public int[] discriminatorChannels() {
        int[] c = new int[layers() + 1];
        c[0] = 1;
        for (int i = 1; i < c.length; i++) c[i] = (int) Math.round(64 * width) << (i - 1);
        return c;
    }

    /** Channels of G from the dense layer to the image: …, 128, 64, 1 (times width). */
    public int[] generatorChannels() {
        int[] d = discriminatorChannels();
        int[] c = new int[d.length];
        for (int i = 0; i < c.length; i++) c[i] = d[c.length - 1 - i];
        return c;
    }

    /** Numbers in f(x), the last convolution of D: channels × 4 × 4. */
    public int features() {
        return generatorChannels()[0] * DEEP * DEEP;
    }

    /**
     * Billions of multiplications and additions in a mapping step of one image: forth through G and D, and back to z.
     */
    public double mappingGflop() {
        int[] c = generatorChannels();
        double sum = 2e-9 * latent * features();
        for (int i = 1; i <= layers(); i++) sum += 2 * 2e-9 * 25 * c[i - 1] * c[i] * Math.pow(2 << i, 2);
        return 2 * sum;
    }
}
