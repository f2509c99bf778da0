package anogan.scoring;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A map over a scan's own pixels, NaN where no patch reached. Of G: the paper's residual image |x − G(z_Γ)|, and two
 * that see more of a lesion ({@link ResidualMaps}). Trivial: what needs no network ({@link TrivialScores}).
 */
public enum Plane {
    RESIDUAL("residual", "plain |x − G(z)|", false),
    RESIDUAL_SMOOTHED("residual_smoothed", "smoothed, signed residual", false),
    LOG_RATIO("log_ratio", "log ratio", false), INTENSITY("intensity", "intensity", true),
    NOISE_LEVEL("noise_level", "noise level", true), PCA_RESIDUAL("pca_residual", "PCA residual", true),
    PCA_RESIDUAL_SMOOTHED("pca_residual_smoothed", "PCA, smoothed, signed", true),
    PCA_LOG_RATIO("pca_log_ratio", "PCA, log ratio", true),
    PROFILE_LOG_RATIO("profile_log_ratio", "mean strip, log ratio", true);

    /** The planes of {@code maps/<scan>.npy}, in their order; runs of earlier versions lack the last. */
    public static final List<Plane> OURS = Arrays.stream(values()).filter(p -> !p.trivial).toList();
    /** Those of {@code baseline_maps/<scan>.npy}; runs of earlier versions lack the last two. */
    public static final List<Plane> TRIVIAL = Arrays.stream(values()).filter(p -> p.trivial).toList();

    private final String word;
    private final String title;
    private final boolean trivial;

    Plane(String word, String title, boolean trivial) {
        this.word = word;
        this.title = title;
        this.trivial = trivial;
    }

    /** Its name in files. */
    public String word() {
        return word;
    }

    /** Its name for a reader. */
    public String title() {
        return title;
    }

    public boolean trivial() {
        return trivial;
    }

    static Optional<Plane> named(String word) {
        return Arrays.stream(values()).filter(p -> p.word.equals(word)).findFirst();
    }
}
