package anogan.statistics;

import anogan.patches.Appearance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What normal scans of the model's own kind look like. A scan outside is of another device, another protocol or another
 * size of pixels, and none of the model's business.
 *
 * <p>
 * Noise and contrast reach half as far again as the normals' least and greatest, since devices of one kind differ.
 * Thickness reaches twice as far: fluid swells a retina to double its thickness, and is what the model looks for.
 */
public record AppearanceRange(Range noise, Range contrast, Range thickness) {
    private static final double MARGIN = 1.5;
    private static final double THICKNESS_MARGIN = 2;

    /** What a file lacks is {@code null} here, against the types. */
    public AppearanceRange {
        if (noise == null || contrast == null || thickness == null)
            throw new IllegalArgumentException("noise, contrast and thickness have a range each");
    }

    /** @param least positive or 0, and at most {@code greatest} */
    public record Range(double least, double greatest) {
        public Range {
            if (!(least >= 0 && least <= greatest && Double.isFinite(greatest)))
                throw new IllegalArgumentException("no range from " + least + " to " + greatest);
        }

        private static Range of(List<Appearance> scans, ToDoubleFunction<Appearance> trait, double margin) {
            double[] values = scans.stream().mapToDouble(trait).sorted().toArray();
            return new Range(values[0] / margin, values[values.length - 1] * margin);
        }

        private boolean holds(double value) {
            return value >= least && value <= greatest;
        }
    }

    /** @param normals at least one */
    static AppearanceRange of(List<Appearance> normals) {
        return new AppearanceRange(Range.of(normals, Appearance::noise, MARGIN),
                Range.of(normals, Appearance::contrast, MARGIN),
                Range.of(normals, Appearance::thickness, THICKNESS_MARGIN));
    }

    /** What of a scan is outside, a sentence each. */
    public List<String> warnings(Appearance scan) {
        List<String> warnings = new ArrayList<>();
        if (!noise.holds(scan.noise())) warnings.add(sentence("noise", scan.noise(), noise));
        if (!contrast.holds(scan.contrast())) warnings.add(sentence("contrast", scan.contrast(), contrast));
        if (!thickness.holds(scan.thickness()))
            warnings.add(sentence("the retina's thickness", scan.thickness(), thickness));
        return warnings;
    }

    private static String sentence(String what, double value, Range range) {
        return String.format(Locale.ROOT, "%s is none that the model knows (%.3g, normal scans %.3g to %.3g)", what,
                value, range.least, range.greatest);
    }
}
