package anogan.scoring;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A map over a scan's own pixels, NaN where no patch reached. Of G: the paper's residual image |x − G(z_Γ)|, two that
 * see more of a lesion ({@link ResidualMaps}), and with their sign, by depth ({@link DepthScores}), Z, Z of the log
 * ratio, and the mean of that and of what the {@link MeanStrip} shows likewise: stored as they are, judged by
 * magnitude. Trivial: what needs no network ({@link TrivialScores}).
 */
public enum Plane {
    RESIDUAL("residual", "plain |x − G(z)|"), RESIDUAL_SMOOTHED("residual_smoothed", "smoothed, signed residual"),
    LOG_RATIO("log_ratio", "log ratio"), Z("Z", "Z"), Z_RATIO("Z_ratio", "Z ratio"),
    COMBINED("combined", "combined map"),
    /** What is darker than drawn: fluid. */
    Z_RATIO_DARK("Z_ratio_dark", "dark half of Z ratio", Z_RATIO),
    COMBINED_DARK("combined_dark", "dark half of the combined map", COMBINED),

    INTENSITY("intensity", "intensity"), NOISE_LEVEL("noise_level", "noise level"),
    PCA_RESIDUAL("pca_residual", "PCA residual"),
    PCA_RESIDUAL_SMOOTHED("pca_residual_smoothed", "PCA, smoothed, signed"),
    PCA_LOG_RATIO("pca_log_ratio", "PCA, log ratio"), PROFILE_LOG_RATIO("profile_log_ratio", "mean strip, log ratio"),
    PCA_Z("pca_Z", "PCA, Z"), PCA_Z_RATIO("pca_Z_ratio", "PCA, Z ratio"), NEAREST_Z("nearest_Z", "nearest normal, Z"),
    NEAREST_Z_RATIO("nearest_Z_ratio", "nearest normal, Z ratio"), STRIP_Z("strip_Z", "mean strip, Z"),
    STRIP_Z_RATIO("strip_Z_ratio", "mean strip, Z ratio"),
    PCA_Z_RATIO_DARK("pca_Z_ratio_dark", "PCA, dark half of Z ratio", PCA_Z_RATIO),
    NEAREST_Z_RATIO_DARK("nearest_Z_ratio_dark", "nearest normal, dark half of Z ratio", NEAREST_Z_RATIO),
    STRIP_Z_RATIO_DARK("strip_Z_ratio_dark", "mean strip, dark half of Z ratio", STRIP_Z_RATIO);

    /** The planes of {@code maps/<scan>.npy}, in their order; runs of earlier versions lack the last ones. */
    public static final List<Plane> OURS = stored(false);
    /** Those of {@code baseline_maps/<scan>.npy}; runs of earlier versions lack the last ones. */
    public static final List<Plane> TRIVIAL = stored(true);

    private final String word;
    private final String title;
    private final Optional<Plane> darkOf;

    Plane(String word, String title) {
        this.word = word;
        this.title = title;
        darkOf = Optional.empty();
    }

    Plane(String word, String title, Plane signed) {
        this.word = word;
        this.title = title;
        darkOf = Optional.of(signed);
    }

    private static List<Plane> stored(boolean trivial) {
        return Arrays.stream(values()).filter(p -> p.darkOf.isEmpty() && p.trivial() == trivial).toList();
    }

    /** That of what this plane, which tells dark from bright, has darker than drawn; empty for other planes. */
    public Optional<Plane> dark() {
        return Arrays.stream(values()).filter(p -> p.darkOf.equals(Optional.of(this))).findFirst();
    }

    /** What counts of a stored value, higher where it is more unusual: its magnitude, of a dark half how dark it is. */
    public float judged(float stored) {
        return darkOf.isPresent() ? -stored : Math.abs(stored);
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
        return compareTo(INTENSITY) >= 0;
    }

    static Optional<Plane> named(String word) {
        return Arrays.stream(values()).filter(p -> p.word.equals(word)).findFirst();
    }
}
