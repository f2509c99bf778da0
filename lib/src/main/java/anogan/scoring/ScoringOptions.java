package anogan.scoring;

import anogan.UserError;
import anogan.io.Json;
import anogan.mapping.MappingOptions;
import anogan.run.RunFolder;

/**
 * What is scored, and how.
 *
 * @param mapping      the descent on z
 * @param raw          map with G's last weights (the paper's way) and not with their moving average
 * @param trainPatches how many patches of the training scans are scored too, for comparison with unseen normal ones
 * @param smoothing    σ of the Gaussian that the signed residual is smoothed with before its magnitude is taken, in
 *                     64ths of a patch's side: pixels where patches have 64; trivial scores are smoothed alike
 */
public record ScoringOptions(MappingOptions mapping, boolean raw, int trainPatches, double smoothing) {
    /**
     * Those that a run was mapped with.
     *
     * @throws UserError if it was not mapped yet, or by a version whose options are not understood
     */
    public static ScoringOptions of(RunFolder run) {
        Object mapped = run.info().config().get("map");
        if (mapped == null)
            throw UserError.failure("%s does not say how it was mapped. Map it with stage map.", run.path());
        return Json.convert(mapped, ScoringOptions.class, run.file("run.json"),
                "It was mapped by another version of this program: remove its folder mapping, and map it again.");
    }

    /** 512 training patches beside the others, G's moving average, a smoothing of 2.5. */
    public static ScoringOptions defaults() {
        return new ScoringOptions(MappingOptions.defaults(), false, 512, 2.5);
    }

    public ScoringOptions withMapping(MappingOptions mapping) {
        return new ScoringOptions(mapping, raw, trainPatches, smoothing);
    }

    public ScoringOptions withRaw(boolean raw) {
        return new ScoringOptions(mapping, raw, trainPatches, smoothing);
    }

    public ScoringOptions withTrainPatches(int trainPatches) {
        return new ScoringOptions(mapping, raw, trainPatches, smoothing);
    }

    public ScoringOptions withSmoothing(double smoothing) {
        return new ScoringOptions(mapping, raw, trainPatches, smoothing);
    }

    /** σ of the smoothing in pixels, for patches of {@code size} × {@code size}. */
    double sigma(int size) {
        return smoothing * size / 64;
    }

    public ScoringOptions {
        if (mapping == null) throw UserError.usage("Scoring needs the options of the mapping.");
        if (raw && mapping.start() == MappingOptions.Start.ENCODER)
            throw UserError.usage("The encoder knows the moving average of G's weights, and not its last ones. Leave "
                    + "out option raw, or choose random as option start.");
        if (trainPatches < 0) throw UserError.usage("The number of training patches cannot be %d.", trainPatches);
        if (!(smoothing > 0 && smoothing < 100))
            throw UserError.usage("The smoothing must lie between 0 and 100 64ths of a patch, not %s.", smoothing);
    }
}
