package anogan.visuals;

import anogan.io.AtomicFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Those of a run's figures that stand beside the record of its experiment, in {@code data/results/<name>/}. */
public final class RecordFigures {
    private static final List<String> NAMES = List.of("paper-1-framework.svg", "paper-2-features.svg",
            "paper-3-pixels.svg", "paper-4-scores.png", "sweep.png", "roc-scans.png", "classes.png", "heatmaps.png",
            "pixels.png");

    private RecordFigures() {}

    /**
     * Copies those that the run has.
     *
     * @throws anogan.UserError if one cannot be read or written
     */
    public static void keep(Path run, Path to) {
        for (String name : NAMES) {
            Path figure = run.resolve("figures").resolve(name);
            if (Files.exists(figure)) AtomicFiles.write(to.resolve(name), out -> Files.copy(figure, out));
        }
    }
}
