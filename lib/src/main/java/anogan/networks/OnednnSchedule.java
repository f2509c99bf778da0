package anogan.networks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Programs of one pass in their order, stage by stage; those of one stage run side by side, each in a lane of its own.
 * What treats each image by itself is shared out; what sees the whole batch (batch norm, gradients of weights) is done
 * in one lane. So the numbers do not depend on how many lanes there are.
 */
final class OnednnSchedule {
    private final OnednnContext context;
    private final int images;
    private final int first;
    private final int lanes;
    private final List<Stage> stages = new ArrayList<>();

    /** Appends operations on {@code n} images, from {@code from} on. */
    @FunctionalInterface
    interface Share {
        void append(OnednnProgram program, int from, int n);
    }

    /** @param other what is done meanwhile in the lane behind the shares */
    private record Stage(List<OnednnProgram> shares, Optional<OnednnProgram> other) {
        List<OnednnProgram> all() {
            List<OnednnProgram> all = new ArrayList<>(shares);
            other.ifPresent(all::add);
            return all;
        }
    }

    private OnednnSchedule(OnednnContext context, int images, int first, int lanes) {
        this.context = context;
        this.images = images;
        this.first = first;
        this.lanes = lanes;
    }

    int images() {
        return images;
    }

    /** Where to append what sees the whole batch. */
    OnednnProgram whole() {
        return shares(1).get(0);
    }

    /** Shares the images out to all lanes. */
    void split(Share share) {
        split(share, shares(lanes));
    }

    /** Shares the images out to all lanes but one, which does something else. */
    void beside(Share share, Consumer<OnednnProgram> other) {
        if (lanes == 1) {
            split(share);
            other.accept(whole());
            return;
        }
        Stage stage = new Stage(programs(lanes - 1), Optional.of(new OnednnProgram(context)));
        stages.add(stage);
        split(share, stage.shares);
        stage.other.ifPresent(other);
    }

    private void split(Share share, List<OnednnProgram> programs) {
        int k = programs.size();
        for (int i = 0; i < k; i++) {
            int from = i * images / k;
            int n = (i + 1) * images / k - from;
            if (n > 0) share.append(programs.get(i), from, n);
        }
    }

    /** The programs of the last stage if it is shared out alike, so that a lane goes on without waiting; else anew. */
    private List<OnednnProgram> shares(int count) {
        Optional<Stage> last = stages.isEmpty() ? Optional.empty() : Optional.of(stages.get(stages.size() - 1));
        if (last.isEmpty() || last.get().shares.size() != count)
            stages.add(new Stage(programs(count), Optional.empty()));
        return stages.get(stages.size() - 1).shares;
    }

    private List<OnednnProgram> programs(int count) {
        List<OnednnProgram> programs = new ArrayList<>();
        for (int i = 0; i < count; i++) programs.add(new OnednnProgram(context));
        return programs;
    }

    void run() {
        for (Stage stage : stages) {
            List<Runnable> tasks = new ArrayList<>();
            for (OnednnProgram program : stage.all()) {
                int lane = first + tasks.size();
                tasks.add(() -> program.run(context.stream(lane)));
            }
            context.lanes().run(first, tasks);
        }
    }

    /**
     * Builds a schedule. Primitives keep the number of OpenMP threads that the caller has.
     *
     * @param images     in the batch
     * @param first      lane of this pass
     * @param lanes      how many it has
     * @param operations appends them
     */
    static OnednnSchedule of(OnednnContext context, int images, int first, int lanes,
            Consumer<OnednnSchedule> operations) {
        OnednnSchedule schedule = new OnednnSchedule(context, images, first, lanes);
        try (PointerScope scope = new PointerScope()) {
            operations.accept(schedule);
            for (Stage stage : schedule.stages) {
                List<OnednnProgram> programs = stage.all();
                for (int i = 0; i < programs.size(); i++)
                    programs.get(i).bind(context.workspace(first + i, programs.get(i).workspace()));
            }
        }
        return schedule;
    }
}
