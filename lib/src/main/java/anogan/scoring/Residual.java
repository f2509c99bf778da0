package anogan.scoring;

/** x_R = |x − G(z_Γ)|, the paper's residual image (section 2.3), and its sum, the residual score R(x). */
public final class Residual {
    private Residual() {}

    /** |x − y| for each pixel, or each feature. */
    public static float[] of(float[] x, float[] y) {
        float[] residual = signed(x, y);
        for (int i = 0; i < residual.length; i++) residual[i] = Math.abs(residual[i]);
        return residual;
    }

    /** x − y: positive where a query is brighter than its drawing. */
    static float[] signed(float[] x, float[] y) {
        float[] residual = new float[x.length];
        for (int i = 0; i < residual.length; i++) residual[i] = x[i] - y[i];
        return residual;
    }

    /** Σ|x − y|. */
    static double sum(float[] x, float[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += Math.abs(x[i] - y[i]);
        return sum;
    }
}
