package anogan.scoring;

import anogan.UserError;
import anogan.mapping.MappingOptions;

/**
 * What is scored, and how.
 *
 * @param mapping      the descent on z
 * @param raw          map with G's last weights (the paper's way) and not with their moving average
 * @param trainPatches how many patches of the training scans are scored too, for comparison with unseen normal ones
 * @param smoothing    σ in pixels of the Gaussian that the signed residual is smoothed with before its magnitude is taken
 */
public record ScoringOptions(MappingOptions mapping, boolean raw, int trainPatches, double smoothing) {
    public ScoringOptions {
        if (mapping == null) throw UserError.usage("Scoring needs the options of the mapping.");
        if (trainPatches < 0) throw UserError.usage("The number of training patches cannot be %d.", trainPatches);
        if (!(smoothing > 0 && smoothing < 100)) throw UserError.usage("The smoothing must lie between 0 and 100 pixels, not %s.", smoothing);
    }
}
