package anogan.dcgan;

import anogan.UserError;
import anogan.io.FloatArray;
import anogan.networks.Dcgan;
import anogan.run.RunFolder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The game, watched: every so many steps the loss of held-out normals is measured, and the pair with the lowest one is
 * kept, if the options want it. Curve and kept pair are part of a checkpoint; the game itself is not touched.
 */
final class MeasuredTrainer implements TrainingLoop.Learner<Trainer.Losses> {
    private static final String CURVE = "held_out";
    private static final String GENERATOR = "best.generator.";
    private static final String GENERATOR_RAW = "best.generator_raw.";
    private static final String DISCRIMINATOR = "best.discriminator.";

    private final RunFolder run;
    private final Trainer trainer;
    private final TrainOptions options;
    private final Optional<HeldOutCurve.Measure> measure;
    private HeldOutCurve curve = new HeldOutCurve(List.of());
    private Optional<Dcgan> best = Optional.empty();

    /** @param measure empty: nothing is measured */
    MeasuredTrainer(RunFolder run, Trainer trainer, TrainOptions options, Optional<HeldOutCurve.Measure> measure) {
        this.run = run;
        this.trainer = trainer;
        this.options = options;
        this.measure = measure;
    }

    /** The pair that the options want. */
    Dcgan kept() {
        return options.keep() == TrainOptions.Keep.LAST ? trainer.dcgan() : best.orElseThrow();
    }

    /** On stderr, if it is not the last pair anyway. */
    void sayWhatIsKept() {
        if (!keepsBest()) return;
        HeldOutCurve.Row lowest = curve.lowest().orElseThrow();
        HeldOutCurve.Row last = curve.rows().get(curve.rows().size() - 1);
        System.err.printf(Locale.ROOT,
                "train: the model is the pair of step %d, where the loss of held-out normals is "
                        + "lowest: %.1f; at step %d it is %.1f.%n",
                lowest.step(), lowest.heldOutLoss(), last.step(), last.heldOutLoss());
    }

    @Override
    public Trainer.Losses train() {
        return trainer.train();
    }

    /** Not after the last step as such: a training that is extended has the same curve as one that was longer. */
    @Override
    public void measure() {
        if (measure.isEmpty() || step() % options.heldOutEvery() != 0) return;
        Dcgan pair = trainer.dcgan();
        HeldOutCurve.Row row = measure.get().at(step(), pair);
        curve = curve.with(row);
        if (keepsBest() && curve.lowest().orElseThrow().equals(row)) best = Optional.of(pair);
        curve.write(run);
    }

    private boolean keepsBest() {
        return options.keep() == TrainOptions.Keep.BEST;
    }

    @Override
    public int step() {
        return trainer.step();
    }

    @Override
    public FloatArray samples(int n) {
        return trainer.samples(n);
    }

    @Override
    public Map<String, FloatArray> state() {
        Map<String, FloatArray> state = new LinkedHashMap<>(trainer.state());
        if (!curve.rows().isEmpty()) state.put(CURVE, curve.array());
        best.ifPresent(pair -> {
            pair.generator().forEach((name, array) -> state.put(GENERATOR + name, array));
            pair.generatorRaw().forEach((name, array) -> state.put(GENERATOR_RAW + name, array));
            pair.discriminator().forEach((name, array) -> state.put(DISCRIMINATOR + name, array));
        });
        return state;
    }

    @Override
    public void restore(Map<String, FloatArray> saved) {
        trainer.restore(saved);
        curve = saved.containsKey(CURVE) ? HeldOutCurve.of(saved.get(CURVE)) : new HeldOutCurve(List.of());
        if (!keepsBest() || step() < options.heldOutEvery()) return;
        best = Optional.of(new Dcgan(trainer.dcgan().architecture(), part(saved, GENERATOR), part(saved, GENERATOR_RAW),
                part(saved, DISCRIMINATOR)));
    }

    private static Map<String, FloatArray> part(Map<String, FloatArray> saved, String prefix) {
        Map<String, FloatArray> part = TrainingState.below(saved, prefix);
        if (part.isEmpty()) throw UserError.failure("It does not hold the best pair so far (%s).", prefix);
        return part;
    }

    @Override
    public void close() {
        trainer.close();
    }
}
