package anogan.dcgan;

import anogan.UserError;
import anogan.io.FloatArray;
import java.nio.file.Path;
import java.util.Arrays;

/** Ends a training whose losses are no numbers any more. */
class LossMonitor<L extends TrainingLoop.Losses> {
    private final Path folder;

    /** @param folder of the training */
    LossMonitor(Path folder) {
        this.folder = folder;
    }

    final Path folder() {
        return folder;
    }

    /**
     * @param  checkpoint step of the last one, 0 if there is none
     * @throws UserError  if a loss is not finite
     */
    void check(L losses, int checkpoint) {
        if (Arrays.stream(losses.row()).allMatch(Double::isFinite)) return;
        String last = checkpoint > 0
                ? "The last good checkpoint, of step " + checkpoint + ", is in " + folder.resolve("checkpoint")
                : "There is no checkpoint yet";
        throw UserError.failure("Training diverged at step %d: the losses are no numbers any more. %s. "
                + "Begin again with a lower option learning-rate.", losses.step(), last);
    }

    /** @param samples as {@link TrainingLoop.Learner#samples} makes them */
    void check(FloatArray samples, int step) {
        // nothing to say about them here
    }
}
