package anogan.scoring;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every score of a patch x, in the order in which tables show them: the paper's, what else is read off x and G(z_Γ),
 * the methods of the paper's Table 1, and trivial ones. Higher is more anomalous. R, D and the cross-entropies are
 * sums, as the paper's losses are.
 */
public enum Score implements ScoreColumn {
    A("A", "A(x)", "(1 − λ)·R + λ·D"), A_HAT("A_hat", "Â(x)", "(1 − λ)·R + λ·D\u0302"), R("R", "R(x)", "Σ |x − G(z)|"),
    D("D", "D(x)", "Σ |f(x) − f(G(z))|"), D_HAT("D_hat", "D\u0302(x)", "cross-entropy of D(G(z))"),
    P_D("P_D", "P_D(x)", "cross-entropy of D(x), no mapping"),

    R_WORST("R_worst", "worst 5 % of pixels", "worst 5 % of |x − G(z)|"),
    R_SMOOTHED("R_smoothed", "smoothed residual", "Σ |x − G(z)|, smoothed before"),
    R_LOG_RATIO("R_log_ratio", "log ratio", "|log x / G(z)| in the retina"),
    Z_SUM("Z_sum", "Σ|Z|", "x − G(z) in the retina, by depth"),
    Z_HIGHEST("Z_highest", "highest |Z|", "its worst pixel"),
    Z_RATIO("Z_ratio", "Σ|Z ratio|", "log x / G(z) in the retina, by depth"),
    /** Of a patch the more unusual of two views; of a scan the mean of {@link #parts}; {@link DepthScores}. */
    COMBINED("combined", "combined score", "several views, in deviations of normals"),
    /** f-AnoGAN's score, of mappings that start at an encoder. */
    A_F("A_f", "A_f(x)", "mean (x − G(z))² + mean (f(x) − f(G(z)))²"),

    /** A after a mapping with feature matching, where methods are compared. */
    ANOGAN("AnoGAN", "AnoGAN", "(1 − λ)·R + λ·D"),
    /** Â after a mapping with the reference loss. */
    GAN_R("GAN_R", "GAN_R", "Â, mapped with the reference loss"), ACAE("aCAE", "aCAE", "auto-encoder, no mapping"),
    ACAE_R("aCAE_R", "aCAE, R alone", ""), ACAE_D("aCAE_D", "aCAE, D alone", ""),
    ACAE_Z_SUM("aCAE_Z_sum", "aCAE, Σ|Z|", ""), ACAE_Z_HIGHEST("aCAE_Z_highest", "aCAE, highest |Z|", ""),
    ACAE_Z_RATIO("aCAE_Z_ratio", "aCAE, Σ|Z ratio|", ""), ACAE_COMBINED("aCAE_combined", "aCAE, combined", ""),

    MEAN_INTENSITY("mean_intensity", "mean intensity", "trivial: mean grey"),
    NOISE_LEVEL("noise_level", "noise level", "trivial: speckle"),
    RETINA_THICKNESS("retina_thickness", "retina thickness", "trivial: boundaries alone"),
    PCA_RESIDUAL("pca_residual", "PCA residual", "linear model, no GAN"),
    PCA_LOG_RATIO("pca_log_ratio", "PCA, log ratio", "linear model, no GAN"),
    NEAREST_NORMAL("nearest_normal", "nearest normal patch", "memory, no GAN"),
    PCA_Z_SUM("pca_Z_sum", "PCA, Σ|Z|", "linear model, no GAN"),
    PCA_Z_HIGHEST("pca_Z_highest", "PCA, highest |Z|", "linear model, no GAN"),
    PCA_Z_RATIO("pca_Z_ratio", "PCA, Σ|Z ratio|", "linear model, no GAN"),
    PCA_COMBINED("pca_combined", "PCA, combined", "linear model, no GAN"),
    NEAREST_Z_SUM("nearest_Z_sum", "nearest normal, Σ|Z|", "memory, no GAN"),
    NEAREST_Z_HIGHEST("nearest_Z_highest", "nearest normal, highest |Z|", "memory, no GAN"),
    NEAREST_Z_RATIO("nearest_Z_ratio", "nearest normal, Σ|Z ratio|", "memory, no GAN"),
    NEAREST_COMBINED("nearest_combined", "nearest normal, combined", "memory, no GAN"),
    STRIP_Z_SUM("strip_Z_sum", "mean strip, Σ|Z|", "mean row of normals, no GAN"),
    STRIP_Z_HIGHEST("strip_Z_highest", "mean strip, highest |Z|", "mean row of normals, no GAN"),
    STRIP_Z_RATIO("strip_Z_ratio", "mean strip, Σ|Z ratio|", "mean row of normals, no GAN"),
    STRIP_COMBINED("strip_combined", "mean strip, combined", "mean row of normals, no GAN");

    /** The paper's own: A and and their parts, and P_D. */
    public static final List<Score> PAPER = List.of(A, A_HAT, R, D, D_HAT, P_D);
    /** What takes no network, and a method has to beat: the columns of {@code baselines.csv}. */
    public static final List<Score> TRIVIAL = Arrays.stream(values()).filter(Score::trivial).toList();

    /** What figures draw: ours, and of the rivals what they reach untreated and at best. */
    public static final List<Score> IN_FIGURES = List.of(COMBINED, A, A_HAT, R, D, D_HAT, P_D, MEAN_INTENSITY,
            NOISE_LEVEL, RETINA_THICKNESS, PCA_RESIDUAL, NEAREST_NORMAL, PCA_COMBINED, NEAREST_COMBINED,
            STRIP_COMBINED);
    /** What lists and reports put first: fixed, and fitted to nothing but normals. The paper's own is {@link #A}. */
    public static final Score RECOMMENDED = COMBINED;

    private static final Map<String, Score> BY_COLUMN = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(Score::column, Function.identity()));

    private final String column;
    private final String title;
    private final String meaning;

    Score(String column, String title, String meaning) {
        this.column = column;
        this.title = title;
        this.meaning = meaning;
    }

    static Optional<Score> named(String column) {
        return Optional.ofNullable(BY_COLUMN.get(column));
    }

    @Override
    @JsonValue
    public String column() {
        return column;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public Optional<Score> score() {
        return Optional.of(this);
    }

    @Override
    public boolean trivial() {
        return compareTo(MEAN_INTENSITY) >= 0;
    }

    /**
     * Scores whose values of a whole scan, each in deviations of validation normals, make up this one's of the scan:
     * their mean. Empty for all but combined scores. One tells where something stands out, the other how much of the
     * retina departs.
     */
    List<Score> parts() {
        return switch (this) {
            case COMBINED -> List.of(Z_HIGHEST, Z_SUM);
            case ACAE_COMBINED -> List.of(ACAE_Z_HIGHEST, ACAE_Z_SUM);
            case PCA_COMBINED -> List.of(PCA_Z_HIGHEST, PCA_Z_SUM);
            case NEAREST_COMBINED -> List.of(NEAREST_Z_HIGHEST, NEAREST_Z_SUM);
            case STRIP_COMBINED -> List.of(STRIP_Z_HIGHEST, STRIP_Z_SUM);
            default -> List.of();
        };
    }

    /** This score of a whole scan. */
    public ScoreColumn of(Aggregate aggregate) {
        return new OfScan(this, aggregate);
    }
}
