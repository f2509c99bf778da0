package anogan.statistics;

import java.util.Arrays;

/**
 * How often a score takes which value: a kernel density estimate, a histogram without its bins. Each observation
 * becomes a small bell curve; their mean is the density, so that the area under it is 1 whether a cohort has fifty
 * patches or fifty thousand.
 *
 * <p>
 * The bells' width is Silverman's rule, 0.9 · min(sd, IQR / 1.34) · n^(−1/5) (<i>Density Estimation for Statistics and
 * Data Analysis</i>, 1986, equation 3.31).
 *
 * @param x       places, evenly spaced
 * @param density at those places, per unit of x
 */
public record Density(double[] x, double[] density) {
    private static final int PLACES = 240;

    /** @param values at least one, all numbers */
    public static Density of(double[] values, double low, double high) {
        // a narrower peak would fall between two places
        double width = Math.max(bandwidth(values), (high - low) / (PLACES - 1));
        double[] x = new double[PLACES];
        double[] density = new double[PLACES];
        for (int i = 0; i < PLACES; i++) {
            x[i] = low + (high - low) * i / (PLACES - 1);
            double sum = 0;
            for (double v : values) {
                double u = (x[i] - v) / width;
                if (Math.abs(u) < 8) sum += Math.exp(-u * u / 2);
            }
            density[i] = sum / (values.length * width * Math.sqrt(2 * Math.PI));
        }
        return new Density(x, density);
    }

    private static double bandwidth(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double sd = Math
                .sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / Math.max(1, values.length - 1));
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double robust = (Interval.quantile(sorted, 0.75) - Interval.quantile(sorted, 0.25)) / 1.34;
        return 0.9 * (robust > 0 ? Math.min(sd, robust) : sd) * Math.pow(values.length, -0.2);
    }
}
