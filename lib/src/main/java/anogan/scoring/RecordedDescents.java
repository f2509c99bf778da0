package anogan.scoring;

import anogan.scans.Label;
import anogan.UserError;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.io.Tables;
import anogan.run.RunFolder;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/**
 * A few queries whose descent was recorded, as stage map leaves them in {@code mapping/frames.npz} and
 * {@code mapping/frames.csv}.
 *
 * @param query     K×S×S, values in [−1, 1]
 * @param steps     T: after how many steps of descent a picture was taken, rising; the last is Γ
 * @param generated K×T×S×S, values in [−1, 1]: G(z) at those steps
 * @param loss      K×(Γ+1): the mapping loss before each step and at the end
 * @param queries   K rows: scan, row, column, class, label (missing: unknown)
 */
public record RecordedDescents(FloatArray query, int[] steps, FloatArray generated, FloatArray loss, Table queries) {
    static final String ARRAYS = "mapping/frames.npz";
    static final String QUERIES = "mapping/frames.csv";
    private static final String REMEDY = "Delete mapping/frames.npz and make it anew with stage map.";

    public RecordedDescents {
        boolean pictures = query.shape().length == 3 && query.shape()[1] == query.shape()[2];
        int k = pictures ? query.shape()[0] : 0;
        int size = pictures ? query.shape()[1] : 0;
        boolean fits = pictures && steps.length > 0
                && Arrays.equals(generated.shape(), new int[] {k, steps.length, size, size}) && loss.shape().length == 2
                && loss.shape()[0] == k && queries.rowCount() == k;
        if (!fits) throw UserError.failure("The recorded descents do not fit together. %s", REMEDY);
    }

    /**
     * Empty if the run has none.
     *
     * @throws UserError if the files do not belong together
     */
    public static Optional<RecordedDescents> read(RunFolder run) {
        if (!Files.exists(run.file(ARRAYS))) return Optional.empty();
        List<FloatArray> arrays = Npy.readZip(run.file(ARRAYS), List.of("query", "steps", "generated", "loss"));
        float[] at = arrays.get(1).data();
        int[] steps = IntStream.range(0, at.length).map(i -> (int) at[i]).toArray();
        return Optional.of(new RecordedDescents(arrays.get(0), steps, arrays.get(2), arrays.get(3),
                Tables.read(run.file(QUERIES), "map", List.of("scan", "row", "column", "class", "label"))));
    }

    /** K. */
    public int count() {
        return queries.rowCount();
    }

    /** S. */
    public int size() {
        return query.shape()[1];
    }

    /** Γ. */
    public int gamma() {
        return loss.shape()[1] - 1;
    }

    /** The query x: S × S. */
    public float[] query(int k) {
        return Arrays.copyOfRange(query.data(), k * size() * size(), (k + 1) * size() * size());
    }

    /** G(z) at the t-th of the steps. */
    public float[] generated(int k, int t) {
        int area = size() * size();
        int at = (k * steps.length + t) * area;
        return Arrays.copyOfRange(generated.data(), at, at + area);
    }

    /** L(z) before each step and at the end. */
    public double[] loss(int k) {
        return IntStream.rangeClosed(0, gamma()).mapToDouble(t -> loss.data()[k * (gamma() + 1) + t]).toArray();
    }

    /** |x − G(z_Γ)|. */
    public float[] residual(int k) {
        return Residual.of(query(k), generated(k, steps.length - 1));
    }

    public Label label(int k) {
        double label = queries.doubleColumn("label").getDouble(k);
        return Double.isNaN(label) ? Label.UNKNOWN : label == 1 ? Label.ANOMALOUS : Label.NORMAL;
    }
}
