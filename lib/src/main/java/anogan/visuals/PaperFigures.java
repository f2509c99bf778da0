package anogan.visuals;

import anogan.scoring.FrozenRun;
import anogan.ui.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

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
        List<Figure> figures = new ArrayList<>();
        FrozenRun.open(run.folder(), run.patches()).ifPresent(networks -> {
            List<BiFunction<RunData, FrozenRun, Optional<Figure>>> mapping = List.of(Framework::draw,
                    FeatureSpace::draw, PixelExamples::draw);
            try (FrozenRun frozen = networks;
                    Progress bar = Progress.start("map examples", mapping.size(), "figures")) {
                for (var figure : mapping) {
                    figure.apply(run, frozen).ifPresent(figures::add);
                    bar.step();
                }
            }
        });
        MethodFigures.scores(run).ifPresent(figures::add);
        SweepFigures.sweeps(run.sweeps(), run.info().seed()).ifPresent(figures::add);
        return figures;
    }
}
