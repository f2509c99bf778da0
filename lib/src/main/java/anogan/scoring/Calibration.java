package anogan.scoring;

import anogan.UserError;
import anogan.io.Json;
import anogan.patches.PrepareOptions;
import anogan.run.RunFolder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run learned from its validation normals, so that other scans can be judged by it.
 *
 * @param patches   of the patches and pixels
 * @param meanStrip of the training scans, and what validation normals show of it
 * @param scans     of the parts of combined scores of whole scans, by column
 */
public record Calibration(DepthScores.Calibration patches, MeanStrip meanStrip, Map<String, Scale> scans) {
    static final String FILE = "mapping/calibration.json";

    /** Whether it says all that is needed to judge patches of such a folder by a score of scans. */
    public boolean fits(PrepareOptions options, ScoreColumn score) {
        if (scans == null || meanStrip == null || meanStrip.rows() == null) return false;
        boolean strip = meanStrip.rows().length == options.size()
                && IntStream.range(0, options.size()).allMatch(i -> Float.isFinite(meanStrip.rows()[i]));
        return strip && fit(patches, options.size()) && fit(meanStrip.byDepth(), options.size())
                && score instanceof ScoreColumn.OfScan of
                && Stream.concat(parts(of), scans.values().stream()).allMatch(Calibration::fits);
    }

    private static boolean fit(DepthScores.@Nullable Calibration of, int rows) {
        return of != null && fits(of.highest()) && fits(of.ratioSum())
                && Stream.of(of.difference(), of.ratio()).allMatch(d -> d != null && d.rms() != null
                        && d.rms().length == rows && Arrays.stream(d.rms()).allMatch(v -> v > 0 && Double.isFinite(v)));
    }

    private static boolean fits(@Nullable Scale s) {
        return s != null && Double.isFinite(s.median()) && s.deviation() > 0 && Double.isFinite(s.deviation());
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
