package anogan.dcgan;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.io.FloatArray;
import anogan.networks.Dcgan;
import anogan.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How well G draws normal patches as training goes on, without a label: the mean mapping loss L(z) = (1 − λ)·R + λ·D
 * after a short descent, of a fixed sample of normal patches that G learns from and of as many from scans that it does
 * not see. What the second has above the first is what the pair knows by heart. A run's is {@code heldout.csv}.
 *
 * @param rows by rising step
 */
public record HeldOutCurve(List<Row> rows) {
    private static final String FILE = "heldout.csv";
    private static final String[] HEADER = {"step", "train_loss", "held_out_loss", "train_R", "held_out_R"};

    /**
     * Means over the patches of a sample, rounded to single precision, as a checkpoint keeps them.
     *
     * @param step            after which it was measured
     * @param trainLoss       mapping loss of normal patches to learn from; sums over pixels and features, as scores are
     * @param heldOutLoss     the same of normal patches that nothing is learned from
     * @param trainResidual   R = Σ|x − G(z)| alone: the part that D's features have no say in
     * @param heldOutResidual the same of the others
     */
    public record Row(int step, float trainLoss, float heldOutLoss, float trainResidual, float heldOutResidual) {
        private float[] numbers() {
            return new float[] {step, trainLoss, heldOutLoss, trainResidual, heldOutResidual};
        }

        private static Row of(float[] n) {
            return new Row((int) n[0], n[1], n[2], n[3], n[4]);
        }
    }

    /** Measures a pair; the same pair always gives the same row. */
    @FunctionalInterface
    public interface Measure {
        Row at(int step, Dcgan pair);
    }

    public HeldOutCurve {
        rows = List.copyOf(rows);
    }

    /**
     * That of a run; without rows if nothing was measured.
     *
     * @throws UserError if the file is not understood
     */
    public static HeldOutCurve of(RunFolder run) {
        Path file = run.file(FILE);
        if (!Files.exists(file)) return new HeldOutCurve(List.of());
        List<Row> rows = new ArrayList<>();
        for (Csv.Row row : Csv.read(file, HEADER)) {
            float[] numbers = new float[HEADER.length];
            for (int i = 0; i < numbers.length; i++) numbers[i] = number(file, row.get(HEADER[i]));
            rows.add(Row.of(numbers));
        }
        return new HeldOutCurve(rows);
    }

    private static float number(Path file, String text) {
        try {
            return Float.parseFloat(text);
        } catch (NumberFormatException e) {
            throw UserError.failure(e, "%s is not understood: \"%s\" is no number. Delete it: resuming writes it anew.",
                    file, text);
        }
    }

    /** The row with the lowest loss of held-out normals, the first of equals; empty without rows. */
    public Optional<Row> lowest() {
        return rows.stream().min(Comparator.comparing(Row::heldOutLoss));
    }

    HeldOutCurve with(Row row) {
        List<Row> more = new ArrayList<>(rows);
        more.add(row);
        return new HeldOutCurve(more);
    }

    void write(RunFolder run) {
        StringBuilder text = new StringBuilder(String.join(",", HEADER)).append('\n');
        for (Row r : rows) text.append(String.format(Locale.ROOT, "%d,%.4f,%.4f,%.4f,%.4f\n", r.step, r.trainLoss,
                r.heldOutLoss, r.trainResidual, r.heldOutResidual));
        run.requireStillThere();
        AtomicFiles.writeString(run.file(FILE), text.toString());
    }

    /** As a checkpoint keeps it: rows × 5. */
    FloatArray array() {
        FloatArray array = FloatArray.zeros(rows.size(), HEADER.length);
        for (int i = 0; i < rows.size(); i++)
            System.arraycopy(rows.get(i).numbers(), 0, array.data(), i * HEADER.length, HEADER.length);
        return array;
    }

    /** The reverse. */
    static HeldOutCurve of(FloatArray array) {
        int n = HEADER.length;
        if (array.shape().length != 2 || array.shape()[1] != n)
            throw UserError.failure("Its curve of held-out normals has the shape %s.", Arrays.toString(array.shape()));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < array.shape()[0]; i++)
            rows.add(Row.of(Arrays.copyOfRange(array.data(), i * n, (i + 1) * n)));
        return new HeldOutCurve(rows);
    }
}
