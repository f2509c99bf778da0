package anogan.statistics;

import anogan.scans.Label;
import anogan.io.FloatArray;
import anogan.io.Json;
import anogan.io.Npy;
import anogan.mapping.MappingResult;
import anogan.networks.Architecture;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.run.Seeds;
import anogan.scans.Split;
import anogan.scoring.Residual;
import anogan.scoring.Aggregate;
import anogan.scoring.FrozenRun;
import anogan.scoring.Score;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The patches that Figures 1 to 3 of the paper show for a run, with what G made of them, and samples of G. A rule
 * chooses the patches ({@link ExampleChoice}); they are mapped again, with the very same result as in the mapping.
 *
 * <p>
 * Kept in {@code analysis/examples.json} (the {@link Index}) and {@code analysis/examples.npz}: {@code query} and
 * {@code generated}, N×S×S in [−1, 1], one for each row of the index, and {@code samples}, G(z) at random points.
 */
public record Examples(Index index, FloatArray query, FloatArray generated, FloatArray samples) {
    /** Patches of training scans at any place, by lot. */
    public static final String TRAINING = "training";
    public static final String NORMAL = "normal";
    public static final String ANOMALOUS = "anomalous";
    /** A healthy scan that was not trained on: of its patches the first. */
    public static final String HEALTHY = "healthy scan";
    /** The patches of an anomalous scan side by side; of images that are patches themselves some of both kinds. */
    public static final String UNSEEN = "unseen scan";
    /** The head of what nobody annotated. */
    public static final String UNLABELLED = "unlabelled";
    /**
     * Share of the pixels from which on a lesion is in sight: by the paper's definition a single annotated pixel makes
     * a patch anomalous.
     */
    public static final double IN_SIGHT = 0.02;
    private static final String FILE = "analysis/examples.json";
    private static final String ARRAYS = "analysis/examples.npz";
    private static final int SAMPLES = 5;

    /**
     * @param architecture of G and D
     * @param steps        Γ
     * @param thresholds   that normals set for A, R and D; one that could not be set is absent
     * @param kinds        heads of Figure 3, in order
     * @param patches      one for each row of the arrays
     */
    public record Index(Architecture architecture, int steps, Map<Score, NormalThreshold> thresholds,
            List<String> kinds, List<Row> patches) {}

    /**
     * A patch and its scores A, R and D.
     *
     * @param set where it is shown: a head of Figure 3, or {@link #TRAINING} to {@link #UNSEEN} in Figure 1
     */
    public record Row(String set, Patch patch, Map<Score, Double> scores) {
        double score(Score score) {
            return Optional.ofNullable(scores.get(score)).orElseThrow();
        }
    }

    /**
     * A patch beside what G made of it.
     *
     * @param flags     of A, R and D those above their thresholds
     * @param query     x: S × S in [−1, 1]
     * @param generated G(z_Γ)
     */
    public record Example(Patch patch, double a, List<Score> flags, float[] query, float[] generated) {
        public int size() {
            return (int) Math.round(Math.sqrt(query.length));
        }

        /** |x − G(z_Γ)|. */
        public float[] residual() {
            return Residual.of(query, generated);
        }
    }

    /** Chosen and mapped; {@code thresholds} of A, R and D. */
    static Examples of(FrozenRun frozen, Patches patches, ScoreTable patchScores, ScoreTable scanScores,
            Map<Score, NormalThreshold> thresholds, long seed) {
        ExampleChoice choice = new ExampleChoice(patches, patchScores, scanScores);
        Map<String, List<Patch>> kinds = choice.kinds();
        kinds.values().removeIf(List::isEmpty);
        Map<String, List<Patch>> sets = new LinkedHashMap<>(kinds);
        sets.put(TRAINING, training(patches, seed));
        sets.put(NORMAL, choice.normal(3));
        sets.put(ANOMALOUS, choice.anomalous(3));
        sets.put(HEALTHY,
                healthy(patches, scanScores).map(i -> List.of(new Patch(i, 0, 0, Label.NORMAL))).orElse(List.of()));
        sets.put(UNSEEN, unseen(patches, scanScores, choice));
        List<Patch> all = sets.values().stream().flatMap(List::stream).toList();
        List<MappingResult> mapped = frozen.map(all);
        double lambda = frozen.options().mapping().loss().lambda();
        List<Row> rows = new ArrayList<>();
        sets.forEach((set, members) -> members.forEach(p -> {
            MappingResult m = mapped.get(rows.size());
            rows.add(new Row(set, p,
                    new TreeMap<>(Map.of(Score.A, m.anomaly(lambda), Score.R, m.residual(), Score.D, m.features()))));
        }));
        int size = patches.options().size();
        return new Examples(
                new Index(frozen.architecture(), frozen.options().mapping().steps(), thresholds,
                        List.copyOf(kinds.keySet()), rows),
                stack(all.stream().map(frozen::query).toList(), size),
                stack(mapped.stream().map(MappingResult::generated).toList(), size),
                stack(frozen.samples(SAMPLES, seed), size));
    }

    private static FloatArray stack(List<float[]> images, int size) {
        FloatArray all = FloatArray.zeros(images.size(), size, size);
        for (int i = 0; i < images.size(); i++)
            System.arraycopy(images.get(i), 0, all.data(), i * size * size, size * size);
        return all;
    }

    private static List<Patch> training(Patches patches, long seed) {
        SplittableRandom random = Seeds.random(seed, "framework");
        List<Integer> scans = patches.scans(Split.TRAIN);
        int free = patches.stripWidth() - patches.options().size() + 1;
        return IntStream.range(0, SAMPLES)
                .mapToObj(
                        i -> new Patch(scans.get(random.nextInt(scans.size())), 0, random.nextInt(free), Label.NORMAL))
                .toList();
    }

    private static Optional<Integer> healthy(Patches patches, ScoreTable scores) {
        return median(patches, Split.VALIDATION, scores, s -> true)
                .or(() -> median(patches, Split.TEST, scores, ScanInfo::normal));
    }

    private static List<Patch> unseen(Patches patches, ScoreTable scores, ExampleChoice choice) {
        int size = patches.options().size();
        // photographs, digits: a scan is no strip of many patches, but a patch itself
        if (patches.stripWidth() == size)
            return Stream.concat(choice.normal(4).stream(), choice.anomalous(4).stream()).toList();
        return median(patches, Split.TEST, scores, s -> s.label() == Label.ANOMALOUS && s.masked())
                .or(() -> median(patches, Split.TEST, scores, s -> s.label() == Label.ANOMALOUS))
                .map(scan -> IntStream.range(0, patches.stripWidth() / size)
                        .mapToObj(i -> new Patch(scan, 0, i * size, Label.UNKNOWN)).toList())
                .orElse(List.of());
    }

    /** The scan of median score. */
    private static Optional<Integer> median(Patches patches, Split split, ScoreTable scores,
            Predicate<ScanInfo> wanted) {
        double[] a = scores.of(Score.A.of(Aggregate.MEAN));
        List<String> names = scores.scans();
        List<Integer> ranked = patches.scans(split).stream().filter(i -> wanted.test(patches.scans().get(i)))
                .filter(i -> names.contains(patches.scans().get(i).scan()))
                .sorted(Comparator.comparingDouble(i -> a[names.indexOf(patches.scans().get(i).scan())])).toList();
        return ranked.isEmpty() ? Optional.empty() : Optional.of(ranked.get(ranked.size() / 2));
    }

    void write(RunFolder run) {
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        arrays.put("query", query);
        arrays.put("generated", generated);
        arrays.put("samples", samples);
        Npy.writeZip(run.file(ARRAYS), arrays);
        Json.write(run.file(FILE), index);
    }

    /** Empty if the run has none. */
    public static Optional<Examples> read(RunFolder run) {
        if (!Files.exists(run.file(FILE))) return Optional.empty();
        List<FloatArray> arrays = Npy.readZip(run.file(ARRAYS), List.of("query", "generated", "samples"));
        Index index = Json.read(run.file(FILE), Index.class, "Make it anew with stage analyze.");
        return Optional.of(new Examples(index, arrays.get(0), arrays.get(1), arrays.get(2)));
    }

    /** The members of a set, in their order. */
    public List<Example> of(String set) {
        return IntStream.range(0, index.patches.size()).filter(i -> index.patches.get(i).set.equals(set))
                .mapToObj(this::example).toList();
    }

    private Example example(int i) {
        Row row = index.patches.get(i);
        List<Score> flags = Stream.of(Score.A, Score.R, Score.D)
                .filter(s -> index.thresholds.containsKey(s) && index.thresholds.get(s).flags(row.score(s))).toList();
        return new Example(row.patch, row.score(Score.A), flags, image(query, i), image(generated, i));
    }

    /** What G draws at random points: S × S in [−1, 1] each. */
    public List<float[]> drawn() {
        return IntStream.range(0, samples.shape()[0]).mapToObj(i -> image(samples, i)).toList();
    }

    private static float[] image(FloatArray images, int i) {
        int area = images.shape()[1] * images.shape()[2];
        return Arrays.copyOfRange(images.data(), i * area, (i + 1) * area);
    }
}
