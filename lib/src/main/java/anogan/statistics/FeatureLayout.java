package anogan.statistics;

import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.run.Seeds;
import anogan.scoring.FrozenRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Normal and anomalous test patches in the space of f, D's last convolution, laid out in the plane by {@link TSne}:
 * Figure 2 b of the paper. Kept in {@value #FILE}, one row a patch.
 */
public record FeatureLayout(List<Point> points) {
    public static final String FILE = "analysis/tsne.csv";
    private static final int MOST = 300;       // patches of each kind, by lot
    private static final int LEAST = 10;       // patches in all
    private static final int STEPS = 750;
    private static final double PERPLEXITY = 30;

    /** A patch, given by its scan and its place in the strip, and where it lies in the plane. */
    public record Point(String scan, int row, int column, PatchKind kind, double x, double y) {}

    /** Empty where one kind is missing or there are too few patches for a layout. */
    static Optional<FeatureLayout> of(FrozenRun frozen, Patches patches, Map<PatchKind, ScoreTable> kinds, long seed) {
        if (!kinds.containsKey(PatchKind.NORMAL) || !kinds.containsKey(PatchKind.ANOMALOUS)) return Optional.empty();
        ScoreTable normal = lot(kinds.get(PatchKind.NORMAL), Seeds.random(seed, "t-SNE normal"));
        ScoreTable anomalous = lot(kinds.get(PatchKind.ANOMALOUS), Seeds.random(seed, "t-SNE anomalous"));
        List<ScoreTable.Case> cases = new ArrayList<>(normal.cases());
        cases.addAll(anomalous.cases());
        if (cases.size() < LEAST) return Optional.empty();
        List<float[]> features = frozen.features(ExampleChoice.patches(patches, cases));
        TSne layout = TSne.of(features, new TSne.Options(perplexity(cases.size()), STEPS, seed));
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            PatchKind kind = i < normal.cases().size() ? PatchKind.NORMAL : PatchKind.ANOMALOUS;
            ScoreTable.Case c = cases.get(i);
            points.add(new Point(c.scan(), c.row(), c.column(), kind, layout.x()[i], layout.y()[i]));
        }
        return Optional.of(new FeatureLayout(points));
    }

    private static double perplexity(int patches) {
        return Math.min(PERPLEXITY, (patches - 1) / 3.0);
    }

    /** How many neighbours a patch kept. */
    public double perplexity() {
        return perplexity(points.size());
    }

    private static ScoreTable lot(ScoreTable table, SplittableRandom random) {
        List<ScoreTable.Case> left = new ArrayList<>(table.cases());
        while (left.size() > MOST) left.remove(random.nextInt(left.size()));
        return table.where(new HashSet<>(left)::contains);
    }

    void write(RunFolder run) {
        StringBuilder csv = new StringBuilder("scan,row,column,kind,x,y\n");
        points.forEach(p -> csv.append(Csv.line(p.scan, p.row, p.column, p.kind.word(), p.x, p.y)));
        AtomicFiles.writeString(run.file(FILE), csv.toString());
    }

    /** Empty if the run has none. */
    public static Optional<FeatureLayout> read(RunFolder run) {
        Path file = run.file(FILE);
        if (!Files.exists(file)) return Optional.empty();
        return Optional.of(new FeatureLayout(Csv.read(file, "scan", "row", "column", "kind", "x", "y").stream()
                .map(r -> new Point(r.get("scan"), Integer.parseInt(r.get("row")), Integer.parseInt(r.get("column")),
                        PatchKind.valueOf(r.get("kind").toUpperCase(Locale.ROOT)), Double.parseDouble(r.get("x")),
                        Double.parseDouble(r.get("y"))))
                .toList()));
    }
}
