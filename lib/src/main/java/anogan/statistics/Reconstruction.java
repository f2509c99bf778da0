package anogan.statistics;

import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Score;
import anogan.scoring.TrivialScores;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Has G learned to draw healthy patches at all? On validation normals, which it never saw, what G(z_Γ) leaves of a
 * patch is set between two yardsticks: what a patch of plain grey leaves, of the mean of x, and what principal
 * components of the training patches leave. A network that was hardly trained does no better than grey, and its scores
 * are about brightness and noise. All are the mean of |x − what is drawn| over pixels and patches, on the scale −1 to
 * 1.
 *
 * @param grey left by plain grey
 * @param pca  left by {@value TrivialScores#COMPONENTS} principal components
 * @param g    left by G at the end of the descent
 */
public record Reconstruction(double grey, double pca, double g) {
    /**
     * On phantom patches of 32×32, G at a quarter of the width draws −0.4 after 10 steps of training, 0.1 after 60
     * (with AUROCs of chance), 0.85 after 200 and 0.9 after 600.
     */
    private static final double POOR = 0.5;

    /** Empty without validation normals, or without the trivial scores. */
    public static Optional<Reconstruction> of(ScoreTable table, Patches patches) {
        ScoreTable normal = table.where(c -> c.split() == Split.VALIDATION && c.label() == Label.NORMAL);
        if (normal.cases().isEmpty() || !normal.scores().containsKey(Score.PCA_RESIDUAL)) return Optional.empty();
        int size = patches.options().size();
        double pca = mean(normal.of(Score.PCA_RESIDUAL));
        List<Patch> all = ExampleChoice.patches(patches, normal.cases());
        double grey = all.stream().mapToDouble(p -> leftByGrey(patches, p)).average().orElseThrow();
        if (Double.isNaN(pca) || grey <= pca) return Optional.empty();
        return Optional.of(new Reconstruction(grey, pca, mean(normal.of(Score.R)) / (size * size)));
    }

    private static double leftByGrey(Patches patches, Patch p) {
        int size = patches.options().size();
        float[] x = new float[size * size];
        patches.copyPatch(p.scan(), p.row(), p.column(), false, x, 0);
        double sum = 0;
        for (float v : x) sum += v;
        double left = 0;
        for (float v : x) left += Math.abs(v - sum / x.length);
        return left / x.length;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** How far G gets from plain grey (0, or less) to principal components (1, or more). */
    public double share() {
        return (grey - g) / (grey - pca);
    }

    public boolean isPoor() {
        return share() < POOR;
    }

    @Override
    public String toString() {
        String drawn = String.format(Locale.ROOT, "Of what %d principal components draw of healthy validation patches, "
                + "beyond plain grey, G draws %.0f %%", TrivialScores.COMPONENTS, 100 * Math.max(0, share()));
        return drawn
                + (isPoor()
                        ? ": it has not learned to draw them, so that its scores say little of anomalies. "
                                + "Train it longer, or give the descents on z more steps."
                        : ".");
    }
}
