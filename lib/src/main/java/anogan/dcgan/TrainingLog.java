package anogan.dcgan;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.ErrorText;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a training writes down as it goes on, and finds again when it was killed: {@code losses.csv} and
 * {@code checkpoint/state.npz}.
 */
final class TrainingLog {
    private final RunFolder run;
    private final Path folder;
    private final String header;
    private final List<String> losses = new ArrayList<>();
    private int saved;

    /**
     * @param run    must not go away
     * @param folder the run's own, or one below it
     * @param header the columns of losses.csv: step, losses, seconds
     */
    TrainingLog(RunFolder run, Path folder, String header) {
        this.run = run;
        this.folder = folder;
        this.header = header;
    }

    /** The step of the last checkpoint; 0 if there is none. */
    int saved() {
        return saved;
    }

    /** @param begun when the step began, by {@link System#nanoTime} */
    void add(int step, long begun, double... values) {
        StringBuilder row = new StringBuilder().append(step);
        for (double v : values) row.append(String.format(Locale.ROOT, ",%.6f", v));
        losses.add(row.append(String.format(Locale.ROOT, ",%.4f", (System.nanoTime() - begun) / 1e9)).toString());
    }

    /**
     * The losses first: a checkpoint whose losses are missing would leave a gap that nothing fills. That the run is
     * still there is asked right before each write, which would make its folder anew.
     */
    void checkpoint(TrainingState.Holder trainer) {
        Map<String, FloatArray> state = trainer.state();
        String rows = header + "\n" + String.join("\n", losses) + "\n";
        run.requireStillThere();
        AtomicFiles.writeString(folder.resolve("losses.csv"), rows);
        run.requireStillThere();
        Npy.writeZip(state(), state);
        saved = trainer.step();
    }

    /** Brings the trainer to the last checkpoint; if there is none, it begins anew. */
    void restore(TrainingState.Holder trainer) {
        if (!Files.exists(state())) return;
        Map<String, FloatArray> arrays = Npy.readZip(state());
        try {
            trainer.restore(arrays);
        } catch (UserError e) {
            throw UserError.failure(e,
                    "The checkpoint %s is damaged or of another training. %s Put the right one back, "
                            + "or begin anew in another folder.",
                    state(), e.getMessage());
        }
        saved = trainer.step();
        restoreLosses(folder.resolve("losses.csv"));
    }

    private void restoreLosses(Path file) {
        String reason;
        try {
            Files.readAllLines(file).stream().skip(1).limit(saved).forEach(losses::add);
            if (losses.size() == saved) return;
            reason = "it has " + losses.size() + " rows, but the checkpoint is of step " + saved;
        } catch (IOException e) {
            reason = ErrorText.of(e);
        }
        throw UserError.failure("Cannot go on with %s: %s. Put it back as it was, or begin anew in another folder.",
                file, reason);
    }

    private Path state() {
        return folder.resolve("checkpoint").resolve("state.npz");
    }
}
