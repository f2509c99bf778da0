package anogan;

import anogan.markers.MarkedRegion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a model says of one scan.
 *
 * @param scan       name, unique among the scans that were judged together
 * @param file       where it was read from
 * @param slice      its number in its volume, from 0; empty for a picture
 * @param score      the recommended score; empty where nothing could be judged
 * @param percentile share of the model's healthy scans that score lower, in percent; empty likewise
 * @param pValue     how likely a healthy scan scores at least so much; empty likewise
 * @param flagged    whether it is above the threshold; empty likewise
 * @param confidence how sure the retina's boundaries are, 0 to 1; empty likewise
 * @param warnings   sentences about what makes the verdict doubtful, or why there is none
 * @param regions    where its combined map is above what healthy scans show, the worst first, and which of the model's
 *                   markers each is; none likewise
 * @param maps       its residual maps ({@link anogan.scoring.Plane#OURS}); empty likewise
 */
public record Finding(String scan, String file, Optional<Integer> slice, Optional<Double> score,
        Optional<Double> percentile, Optional<Double> pValue, Optional<Boolean> flagged, Optional<Double> confidence,
        List<String> warnings, List<MarkedRegion> regions, Optional<Path> maps) {
    /** @param reason why the scan could not be judged */
    static Finding none(String file, String reason) {
        return new Finding(file, file, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), List.of(reason), List.of(), Optional.empty());
    }

    /** Whether there is a verdict that needs no caution. */
    public boolean isSure() {
        return score.isPresent() && warnings.isEmpty();
    }
}
