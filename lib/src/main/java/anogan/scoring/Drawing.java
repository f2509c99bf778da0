package anogan.scoring;

import java.util.List;

/**
 * Who draws what a healthy eye would show in place of a patch: G, or a rival that is treated alike
 * ({@link DepthScores}).
 */
enum Drawing {
    /** G(z_Γ). */
    G(Score.Z_SUM, Score.Z_HIGHEST, Score.Z_RATIO, Score.COMBINED),
    /** What the auto-encoder decodes. */
    ACAE(Score.ACAE_Z_SUM, Score.ACAE_Z_HIGHEST, Score.ACAE_Z_RATIO, Score.ACAE_COMBINED),
    /** What principal components of normal patches describe. */
    PCA(Score.PCA_Z_SUM, Score.PCA_Z_HIGHEST, Score.PCA_Z_RATIO, Score.PCA_COMBINED),
    /** The nearest of many normal patches. */
    NEAREST(Score.NEAREST_Z_SUM, Score.NEAREST_Z_HIGHEST, Score.NEAREST_Z_RATIO, Score.NEAREST_COMBINED),
    /** The strip that is as bright in each row as normal ones are on average. */
    STRIP(Score.STRIP_Z_SUM, Score.STRIP_Z_HIGHEST, Score.STRIP_Z_RATIO, Score.STRIP_COMBINED);

    private final List<Score> scores;

    Drawing(Score... scores) {
        this.scores = List.of(scores);
    }

    /** Its columns in tables of patches: Σ|Z|, the highest |Z|, Σ|Z ratio|, and what combines them. */
    List<Score> scores() {
        return scores;
    }
}
