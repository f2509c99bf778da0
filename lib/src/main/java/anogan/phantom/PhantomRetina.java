package anogan.phantom;

import anogan.scans.Gaussian;
import java.util.random.RandomGenerator;

/**
 * The healthy anatomy of one phantom scan: how thick each layer is at each column and where Bruch's membrane runs, in
 * pixels of 23.4 µm × 8.2 µm.
 *
 * <p>
 * An eye has its own layer thicknesses, foveal pit, shape of the globe and side; the scans of an eye share them and
 * differ in where they pass the fovea, in tilt and in fine undulations.
 *
 * @param thickness layers × columns, from RNFL to RPE
 * @param bruch     row of Bruch's membrane at each column
 */
record PhantomRetina(float[][] thickness, float[] bruch) {
    static final int HEIGHT = 187;
    static final int WIDTH = 512;
    static final double MICRONS_PER_COLUMN = 23.4;
    static final double MICRONS_PER_ROW = 8.2;

    /** Layers from the vitreous down: thickness in µm away from the fovea and at its centre, grey level. */
    enum Layer {
        RNFL(26, 3, 172), GCL_IPL(82, 8, 120), INL(36, 6, 88), OPL(28, 14, 102), ONL(78, 112, 66), ELM(6, 6, 104),
        MZ(10, 12, 86), EZ(18, 18, 186), OS_IZ(17, 26, 128), RPE(24, 24, 206);

        final double away;
        final double centre;
        final double grey;

        Layer(double away, double centre, double grey) {
            this.away = away;
            this.centre = centre;
            this.grey = grey;
        }
    }

    /** What the scans of an eye have in common. */
    record Eye(double[] layerFactor, double pitWidth, double pitCentre, int nasalSide, double curvature) {
        static Eye draw(RandomGenerator random) {
            double all = 1 + 0.05 * random.nextGaussian();
            double[] factor = new double[Layer.values().length];
            for (int k = 0; k < factor.length; k++) factor[k] = all * Math.max(0.7, 1 + 0.06 * random.nextGaussian());
            return new Eye(factor, random.nextDouble(330, 480),
                    random.nextDouble(-0.12, 0.12) * WIDTH * MICRONS_PER_COLUMN, random.nextBoolean() ? 1 : -1,
                    random.nextDouble(0, 1.4) * 42e-7);
        }
    }

    static PhantomRetina draw(Eye eye, RandomGenerator random) {
        double missedBy = 250 * random.nextGaussian();   // µm between the scan and the fovea's centre
        Layer[] layers = Layer.values();
        float[][] thickness = new float[layers.length][];
        for (Layer layer : layers) thickness[layer.ordinal()] = thickness(layer, eye, missedBy, random);
        return new PhantomRetina(thickness, bruch(thickness, eye, random));
    }

    private static float[] thickness(Layer layer, Eye eye, double missedBy, RandomGenerator random) {
        float[] t = new float[WIDTH];
        double mean = 0;
        for (int x = 0; x < WIDTH; x++) {
            double lateral = microns(x) - eye.pitCentre;
            double distance = Math.hypot(lateral, missedBy);
            double pit = Math.exp(-distance * distance / (2 * eye.pitWidth * eye.pitWidth));
            double away = layer.away;
            if (layer.ordinal() <= Layer.INL.ordinal())
                away *= 1 + 0.12 * Math.exp(-Math.pow(distance - 1100, 2) / (2 * 650 * 650));
            if (layer == Layer.RNFL) away *= 1 + Math.max(-0.6, Math.min(1.6, eye.nasalSide * lateral / 3000));
            if (layer == Layer.GCL_IPL || layer == Layer.ONL)
                away *= 1 - 0.28 * Math.max(0, Math.min(1, (distance - 2200) / 3800));
            t[x] = (float) (eye.layerFactor[layer.ordinal()] * (away * (1 - pit) + layer.centre * pit)
                    / MICRONS_PER_ROW);
            mean += t[x] / WIDTH;
        }
        float[] undulation = smoothNoise(random, WIDTH, 9, 0.018 * mean);
        for (int x = 0; x < WIDTH; x++) t[x] = Math.max(0.12f, t[x] + undulation[x]);
        return t;
    }

    /** A parabola with tilt and slow noise, placed so that the whole retina and some choroid are in the picture. */
    private static float[] bruch(float[][] thickness, Eye eye, RandomGenerator random) {
        double tilt = random.nextDouble(-0.05, 0.05);
        float[] noise = smoothNoise(random, WIDTH, 40, 6 / MICRONS_PER_ROW);
        double depth = HEIGHT * random.nextDouble(0.5, 0.62);
        float[] bruch = new float[WIDTH];
        double highest = Double.POSITIVE_INFINITY;
        double lowest = Double.NEGATIVE_INFINITY;
        for (int x = 0; x < WIDTH; x++) {
            bruch[x] = (float) (depth + (tilt * microns(x) - eye.curvature * microns(x) * microns(x)) / MICRONS_PER_ROW
                    + noise[x]);
            double ilm = bruch[x];
            for (float[] layer : thickness) ilm -= layer[x];
            highest = Math.min(highest, ilm);
            lowest = Math.max(lowest, bruch[x]);
        }
        double shift = Math.max(0, 8 - highest) - Math.max(0, lowest - (HEIGHT - 32));
        for (int x = 0; x < WIDTH; x++) bruch[x] += (float) shift;
        return bruch;
    }

    private static double microns(int column) {
        return (column - WIDTH / 2.0) * MICRONS_PER_COLUMN;
    }

    /**
     * Gaussian noise smoothed by {@code sigma} pixels, with the standard deviation {@code amplitude} after smoothing.
     */
    static float[] smoothNoise(RandomGenerator random, int n, double sigma, double amplitude) {
        float[] white = new float[n];
        for (int i = 0; i < n; i++) white[i] = (float) random.nextGaussian();
        float[] smooth = Gaussian.blur(white, sigma);
        // smoothing divides white noise's sd by this root
        float gain = (float) (amplitude * Math.sqrt(2 * Math.sqrt(Math.PI) * sigma));
        for (int i = 0; i < n; i++) smooth[i] *= gain;
        return smooth;
    }
}
