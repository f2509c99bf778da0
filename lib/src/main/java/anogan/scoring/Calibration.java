package anogan.scoring;

import anogan.UserError;
import anogan.io.Json;
import anogan.patches.PrepareOptions;
import anogan.run.RunFolder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run learned from its validation normals, so that other scans can be judged by it.
 *
 * @param patches of the patches and pixels
 * @param scans   of the parts of combined scores of whole scans, by column
 */
public record Calibration(DepthScores.Calibration patches, Map<String, Scale> scans) {
    static final String FILE = "mapping/calibration.json";

    /** Whether it says all that is needed to judge patches of such a folder by a score of scans. */
    public boolean fits(PrepareOptions options, ScoreColumn score) {
        if (patches == null || scans == null) return false;
        boolean byDepth = Stream.of(patches.difference(), patches.ratio())
                .allMatch(d -> d != null && d.rms() != null && d.rms().length == options.size()
                        && Arrays.stream(d.rms()).allMatch(v -> v > 0 && Double.isFinite(v)));
        return byDepth && score instanceof ScoreColumn.OfScan of
                && Stream.of(Stream.of(patches.highest(), patches.ratioSum()), parts(of), scans.values().stream())
                        .flatMap(s -> s).allMatch(s -> s != null && Double.isFinite(s.median()) && s.deviation() > 0
                                && Double.isFinite(s.deviation()));
    }

    private Stream<@Nullable Scale> parts(ScoreColumn.OfScan score) {
        List<Score> parts = score.score().map(Score::parts).orElse(List.of());
        return parts.stream().map(p -> scans.get(p.column() + score.aggregate().ending()));
    }

    /** @throws UserError if the run was not mapped, or by a version that did not calibrate */
    public static Calibration of(RunFolder run) {
        run.require(FILE, "map");
        return Json.read(run.file(FILE), Calibration.class, "Map the run again: stage map.");
    }
}
