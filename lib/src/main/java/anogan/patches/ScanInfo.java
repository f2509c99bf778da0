package anogan.patches;

import anogan.scans.Label;
import anogan.scans.Split;
import java.util.Map;

/**
 * One B-scan of a {@link Patches}: a row of its {@code scans.csv}.
 *
 * @param scan       name, unique and fit for a file name
 * @param group      patient (or eye, or volume); no group is in two splits
 * @param className  diagnosis or lesion kind
 * @param split      what the scan is used for
 * @param label      of the scan as a whole
 * @param masked     whether its anomalous pixels are annotated
 * @param width      of the scan as it was given, in pixels
 * @param height     of the scan as it was given, in pixels
 * @param confidence how sure the boundaries are, 0 to 1 ({@link Boundaries#confidence}); 1 where nothing was flattened
 * @param attributes further columns of the source, by name, such as {@code matched}
 */
public record ScanInfo(String scan, String group, String className, Split split, Label label, boolean masked, int width,
        int height, double confidence, Map<String, String> attributes) {
    public ScanInfo {
        if (masked && label == Label.NORMAL)
            throw new IllegalArgumentException(scan + " is normal, but has a mask of anomalies");
        attributes = Map.copyOf(attributes);
    }

    /** Whether its boundaries are as sure as is asked for; always where nothing was flattened. */
    public boolean isSure(PrepareOptions options) {
        return confidence >= options.minConfidence();
    }

    /** The same scan, judged by somebody else. */
    public ScanInfo withLabel(Label other) {
        return new ScanInfo(scan, group, className, split, other, masked && other != Label.NORMAL, width, height,
                confidence, attributes);
    }

    /** The same scan of a patient who is known meanwhile. */
    public ScanInfo withGroup(String other) {
        return new ScanInfo(scan, other, className, split, label, masked, width, height, confidence, attributes);
    }

    public boolean normal() {
        return label == Label.NORMAL;
    }
}
