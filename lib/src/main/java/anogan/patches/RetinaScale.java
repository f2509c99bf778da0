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
        Look look = STARTS.stream().map(start -> Look.at(start, sample, options))
                .filter(start -> start.thickness.length > sample.size() / 2).findFirst()
                .orElseGet(() -> Look.at(1, sample, options));
        for (int round = 1; Math.abs(look.factor() - 1) >= CLOSE && round < ROUNDS; round++)
            look = Look.at(look.next(), sample, options);
        return options.withScale(look.next());
    }

    /**
     * What is seen of a sample's retinas at a scale.
     *
     * @param thickness of the scans in which a retina is seen, in rows of the strip, ascending
     */
    private record Look(PrepareOptions options, double[] thickness) {
        static Look at(double scale, List<GrayImage> sample, PrepareOptions options) {
            PrepareOptions scaled = options.withScale(scale);
            Flattener flattener = new Flattener(scaled);
            return new Look(scaled,
                    sample.parallelStream().map(flattener::boundaries)
                            .filter(b -> b.visible(Flattener.THICKEST * scaled.healthyRows()) >= scaled.minVisible())
                            .mapToDouble(Boundaries::thickness).sorted().toArray());
        }

        /** By what the rows must be multiplied; 1 where no retina is seen. */
        double factor() {
            return thickness.length == 0 ? 1 : options.healthyRows() / thickness[thickness.length / 2];
        }

        /** The scale that fits what is seen. */
        double next() {
            return Math.max(0.02, Math.min(50, options.scale() * factor()));
        }
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
}
