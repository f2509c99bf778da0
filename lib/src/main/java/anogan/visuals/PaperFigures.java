package anogan.visuals;

import anogan.scoring.FrozenRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The paper's figures 1 to 4 for a run, and the sweeps of what the paper holds fixed; each as far as the run has what it shows. */
public final class PaperFigures {
    private PaperFigures() { }

    /** Those that the run has data for, in the paper's order; {@link Figure#file} begins with {@code paper-1} to {@code paper-4}. */
    public static List<Figure> draw(RunData run) {
        List<Figure> figures = new ArrayList<>();
        Optional<FrozenRun> opened = FrozenRun.open(run.folder(), run.patches());
        if (opened.isPresent()) {
            try (FrozenRun frozen = opened.get()) {
                Framework.draw(run, frozen).ifPresent(figures::add);
                FeatureSpace.draw(run, frozen).ifPresent(figures::add);
                PixelExamples.draw(run, frozen).ifPresent(figures::add);
            }
        }
        MethodFigures.scores(run).ifPresent(figures::add);
        SweepFigures.sweeps(run.sweeps(), run.info().seed()).ifPresent(figures::add);
        return figures;
    }
}
