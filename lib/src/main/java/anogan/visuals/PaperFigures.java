package anogan.visuals;

import anogan.statistics.Examples;
import anogan.statistics.FeatureLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The paper's figures 1 to 4 for a run, and the sweeps of what the paper holds fixed; each as far as the run has what
 * it shows.
 */
public final class PaperFigures {
    private PaperFigures() {}

    /**
     * Those that the run has data for, in the paper's order; {@link Figure#file} begins with {@code paper-1} to
     * {@code paper-4}.
     */
    public static List<Figure> draw(RunData run) {
        Optional<Examples> examples = Examples.read(run.folder());
        Optional<FeatureLayout> layout = FeatureLayout.read(run.folder());
        return Stream.of(examples.flatMap(e -> Framework.draw(run, e)),
                examples.flatMap(e -> layout.flatMap(l -> FeatureSpace.draw(run, e, l))),
                examples.flatMap(e -> PixelExamples.draw(run, e)), MethodFigures.scores(run),
                SweepFigures.sweeps(run.sweeps(), run.info().seed())).flatMap(Optional::stream).toList();
    }
}
