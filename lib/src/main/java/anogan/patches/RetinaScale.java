package anogan.patches;

import anogan.UserError;
import anogan.scans.GrayImage;
import anogan.scans.Scans;
import anogan.scans.Split;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How high the rows of a data set are: measured on scans that the model is going to learn from, so that a healthy
 * retina comes out {@link PrepareOptions#HEALTHY} of a strip's height thick.
 *
 * <p>
 * A scanner's rows are 2 to 8 µm high, at columns of 6 to 24 µm, and files rarely say so. A healthy retina is its own
 * yardstick: its median thickness differs by a few per cent between eyes. No test scan is looked at.
 */
final class RetinaScale {
    private static final int SCANS = 48;          // looked at, spread over the training scans
    /** Where to begin: a retina that comes far too thick or too thin is not seen at all. */
    private static final List<Double> STARTS = List.of(1.0, 0.5, 0.25, 2.0, 4.0);
    private static final int ROUNDS = 4;          // boundaries are found best where retinas have the right thickness
    private static final double CLOSE = 0.02;

    private RetinaScale() {}

    /** The options with a scale: the given one, or one that is measured. */
    static PrepareOptions measured(List<Scans.Listed> scans, PrepareOptions options) {
        if (!options.flatten() || options.rows() > 0 || options.scale() > 0) return options;
        List<GrayImage> sample = sample(scans.stream().filter(s -> s.split() == Split.TRAIN).toList(), options);
        PrepareOptions scaled = STARTS.stream().map(options::withScale)
                .filter(start -> thickness(sample, start).length > sample.size() / 2).findFirst()
                .orElse(options.withScale(1));
        for (int round = 0; round < ROUNDS; round++) {
            double factor = factor(sample, scaled);
            scaled = scaled.withScale(Math.max(0.02, Math.min(50, scaled.scale() * factor)));
            if (Math.abs(factor - 1) < CLOSE) break;
        }
        return scaled;
    }

    private static List<GrayImage> sample(List<Scans.Listed> training, PrepareOptions options) {
        int n = Math.min(SCANS, training.size());
        return IntStream.range(0, n).mapToObj(i -> training.get((int) ((long) i * training.size() / n)))
                .flatMap(listed -> {
                    try {
                        return Stream.of(options.pixels().applied(listed.read().get()).image());
                    } catch (UserError e) {
                        return Stream.empty();   // named when its turn comes
                    }
                }).filter(image -> image.width() >= options.size() && image.height() >= options.size() / 2).toList();
    }

    /** By what the rows must be multiplied; 1 where no retina is seen. */
    private static double factor(List<GrayImage> sample, PrepareOptions options) {
        double[] thickness = thickness(sample, options);
        return thickness.length == 0 ? 1 : options.healthyRows() / thickness[thickness.length / 2];
    }

    /** Of the scans in which a retina is seen, in rows of the strip, ascending. */
    private static double[] thickness(List<GrayImage> sample, PrepareOptions options) {
        Flattener flattener = new Flattener(options);
        return sample.parallelStream().map(flattener::boundaries)
                .filter(b -> b.visible(Flattener.THICKEST * options.healthyRows()) >= options.minVisible())
                .mapToDouble(Boundaries::thickness).sorted().toArray();
    }
}
