package anogan.scoring;

import java.util.List;

/**
 * Who draws what a healthy eye would show in place of a patch: G, or a rival that is treated alike
 * ({@link DepthScores}).
 */
enum Drawing {
    /** G(z_Γ). */
    G,
    /** What the auto-encoder decodes. */
    ACAE,
    /** What principal components of normal patches describe. */
    PCA,
    /** The nearest of many normal patches. */
    NEAREST,
    /** The strip that is as bright in each row as normal ones are on average. */
    STRIP;

    /** Its columns in tables of patches: Σ|Z|, the highest |Z|, Σ|Z ratio|, and what combines them. */
    List<Score> scores() {
        return switch (this) {
            case G -> List.of(Score.Z_SUM, Score.Z_HIGHEST, Score.Z_RATIO, Score.COMBINED);
            case ACAE -> List.of(Score.ACAE_Z_SUM, Score.ACAE_Z_HIGHEST, Score.ACAE_Z_RATIO, Score.ACAE_COMBINED);
            case PCA -> List.of(Score.PCA_Z_SUM, Score.PCA_Z_HIGHEST, Score.PCA_Z_RATIO, Score.PCA_COMBINED);
            case NEAREST ->
                List.of(Score.NEAREST_Z_SUM, Score.NEAREST_Z_HIGHEST, Score.NEAREST_Z_RATIO, Score.NEAREST_COMBINED);
            case STRIP -> List.of(Score.STRIP_Z_SUM, Score.STRIP_Z_HIGHEST, Score.STRIP_Z_RATIO, Score.STRIP_COMBINED);
        };
    }
}
