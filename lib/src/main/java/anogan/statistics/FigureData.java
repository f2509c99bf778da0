package anogan.statistics;

import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.scoring.FrozenRun;
import anogan.scoring.Score;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last step of {@code analyze}: what figures show beyond the tables is computed here and kept in the run's folder
 * {@code analysis/}, so that whoever draws only reads. These are {@link RocCurves} and, where the run has its networks,
 * {@link Examples} and {@link FeatureLayout}.
 */
public final class FigureData {
    private FigureData() {}

    /** @param methods the comparison that the run's {@code methods.json} holds, if there is one */
    public static void write(RunFolder run, Patches patches, Optional<MethodTable> methods, AnalysisOptions options) {
        ScoreTable patchScores = ScoreTable.ofPatches(run);
        ScoreTable scanScores = ScoreTable.ofScans(run);
        long seed = run.info().seed();
        RocCurves.of(run, patches, patchScores, scanScores, methods.map(m -> m.cases(run.path(), options)), seed)
                .write(run);
        Optional<FrozenRun> networks = FrozenRun.open(run, patches);
        if (networks.isEmpty()) return;
        try (FrozenRun frozen = networks.get()) {
            Examples.of(frozen, patches, patchScores, scanScores, thresholds(patchScores, options), seed).write(run);
            FeatureLayout.of(frozen, patches, PatchKind.of(patchScores, scanScores), seed)
                    .ifPresent(layout -> layout.write(run));
        }
    }

    private static Map<Score, NormalThreshold> thresholds(ScoreTable patchScores, AnalysisOptions options) {
        Map<Score, NormalThreshold> thresholds = new EnumMap<>(Score.class);
        for (Score score : List.of(Score.A, Score.R, Score.D)) NormalReference.of(patchScores, score, options)
                .ifPresent(normals -> thresholds.put(score, normals.threshold(options.fpr())));
        return thresholds;
    }
}
