package anogan.scoring;

import anogan.UserError;
import anogan.io.Json;
import anogan.run.RunFolder;
import java.util.Map;

/**
 * What a run learned from its validation normals, so that other scans can be judged by it.
 *
 * @param patches of the patches and pixels
 * @param scans   of the parts of combined scores of whole scans, by column
 */
public record Calibration(DepthScores.Calibration patches, Map<String, Scale> scans) {
    static final String FILE = "mapping/calibration.json";

    /** @throws UserError if the run was not mapped, or by a version that did not calibrate */
    public static Calibration of(RunFolder run) {
        run.require(FILE, "map");
        return Json.read(run.file(FILE), Calibration.class, "Map the run again: stage map.");
    }
}
