package anogan.statistics;

import anogan.patches.ScanInfo;
import anogan.run.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How much the markers of a scan say of its class: the class whose scans have them in like numbers (the linear
 * discriminant of log(1 + number) of each marker), learned on four fifths of the patients and judged on the others, in
 * turn. Balanced accuracy is the mean over classes of the share that is told right: 1 over the number of classes by
 * guessing.
 *
 * @param by       what tells: markers, a score that stands beside them, or both
 * @param classes  that were told apart
 * @param accuracy balanced
 * @param interval over patients; empty with fewer than two
 * @param lead     interval of what it has more than a part of it alone, same patients for both; empty where there is no
 *                 such part
 */
public record MarkerDiagnosis(String by, List<String> classes, double accuracy, Optional<Interval> interval,
        Optional<Interval> lead) {
    private static final int FOLDS = 5;
    private static final int FEW = 10;   // scans of a class

    public MarkerDiagnosis {
        lead = lead == null ? Optional.empty() : lead;   // files of earlier versions
    }

    /** @return nothing unless there are three classes of {@value #FEW} scans */
    static Optional<MarkerDiagnosis> of(MarkerCounts counts, DiscoverOptions options) {
        return of("markers", counts.scans(), numbers(counts), Optional.empty(), options);
    }

    /** Of each scan: log(1 + number) of each marker. */
    static double[][] numbers(MarkerCounts counts) {
        return Arrays.stream(counts.counts()).map(c -> Arrays.stream(c).mapToDouble(Math::log1p).toArray())
                .toArray(double[][]::new);
    }

    /**
     * The same, by any numbers of the scans.
     *
     * @param part some of these numbers, which they are set beside
     */
    static Optional<MarkerDiagnosis> of(String by, List<ScanInfo> scans, double[][] numbers, Optional<double[][]> part,
            DiscoverOptions options) {
        Map<String, Integer> sizes = new HashMap<>();
        scans.forEach(s -> sizes.merge(s.className(), 1, Integer::sum));
        List<String> classes = sizes.keySet().stream().filter(c -> sizes.getOrDefault(c, 0) >= FEW).sorted().toList();
        int[] kept = IntStream.range(0, scans.size()).filter(s -> classes.contains(scans.get(s).className())).toArray();
        if (classes.size() < 3) return Optional.empty();
        List<String> groups = Arrays.stream(kept).mapToObj(s -> scans.get(s).group()).toList();
        int[] truth = Arrays.stream(kept).map(s -> classes.indexOf(scans.get(s).className())).toArray();
        int[] told = told(numbers, kept, truth, groups, classes.size(), options.seed());
        Optional<int[]> without = part.map(x -> told(x, kept, truth, groups, classes.size(), options.seed()));
        ClusterBootstrap bootstrap = ClusterBootstrap.of(groups, options.draws(),
                Seeds.of(options.seed(), "diagnosis"));
        double[] once = new double[truth.length];
        Arrays.fill(once, 1);
        return Optional.of(new MarkerDiagnosis(by, classes, accuracy(truth, told, once, classes.size()),
                bootstrap.interval(w -> accuracy(truth, told, w, classes.size())),
                without.flatMap(other -> bootstrap.interval(
                        w -> accuracy(truth, told, w, classes.size()) - accuracy(truth, other, w, classes.size())))));
    }

    private static int[] told(double[][] numbers, int[] kept, int[] truth, List<String> groups, int classes,
            long seed) {
        double[][] x = Arrays.stream(kept).mapToObj(s -> numbers[s]).toArray(double[][]::new);
        List<String> order = new ArrayList<>(groups.stream().distinct().toList());
        order.sort(Comparator.comparingLong((String g) -> Seeds.of(seed, "fold of " + g)));
        Map<String, Integer> fold = new HashMap<>();
        for (int g = 0; g < order.size(); g++) fold.put(order.get(g), g % FOLDS);
        int[] told = new int[truth.length];
        for (int f = 0; f < FOLDS; f++) {
            int out = f;
            int[] learned = IntStream.range(0, x.length).filter(i -> fold.getOrDefault(groups.get(i), 0) != out)
                    .toArray();
            LinearDiscriminant discriminant = new LinearDiscriminant(
                    Arrays.stream(learned).mapToObj(i -> x[i]).toArray(double[][]::new),
                    Arrays.stream(learned).map(i -> truth[i]).toArray(), classes);
            for (int i = 0; i < x.length; i++)
                if (fold.getOrDefault(groups.get(i), 0) == out) told[i] = discriminant.of(x[i]);
        }
        return told;
    }

    private static double accuracy(int[] truth, int[] told, double[] weights, int classes) {
        double[] right = new double[classes];
        double[] all = new double[classes];
        for (int i = 0; i < truth.length; i++) {
            all[truth[i]] += weights[i];
            if (told[i] == truth[i]) right[truth[i]] += weights[i];
        }
        return IntStream.range(0, classes).filter(k -> all[k] > 0).mapToDouble(k -> right[k] / all[k]).average()
                .orElse(Double.NaN);
    }

    /** In a sentence. */
    public static String words(List<MarkerDiagnosis> told) {
        if (told.isEmpty()) return "";
        int classes = told.get(0).classes.size();
        return String.format(Locale.ROOT,
                "The class of a scan, one of %d, is told with a balanced accuracy of %s; %.3f by " + "guessing.",
                classes,
                told.stream()
                        .map(t -> String.format(Locale.ROOT, "%.3f%s by %s%s", t.accuracy,
                                Interval.bracketed(t.interval), t.by,
                                t.lead.map(l -> " (" + l + " more than by the latter alone)").orElse("")))
                        .collect(Collectors.joining(", ")),
                1.0 / classes);
    }
}
