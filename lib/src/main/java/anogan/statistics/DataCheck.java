package anogan.statistics;

import anogan.UserError;
import anogan.scans.Label;
import anogan.scans.Doubts;
import anogan.scans.ScanFacts;
import anogan.scans.Scans;
import anogan.scans.Skipped;
import anogan.scans.SplitOptions;
import anogan.ui.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a data set is worth before anything is learned from it: what is in it, what cannot be read, which scans are
 * there twice, and whether something that is no disease tells its classes apart.
 *
 * <p>
 * <b>Copies.</b> Equal scans have equal pixels. Near copies (recompressed, resized, brightened, cropped by a little)
 * have thumbnails that correlate by {@value #LIKE} or more: of 209,889 pairs of scans of different OCTDL patients none
 * reaches 0.93, while copies at 80 % of the size, at JPEG quality 0.4 and with other brightness stay above 0.999, and
 * cuts of a few pixels above 0.97. Copies within a patient are common; copies across patients mean that two numbers are
 * one person, who may then be on both sides of a split. Pictures below {@value #SMALLEST} pixels are too plain for
 * this.
 *
 * <p>
 * <b>Confounds.</b> The AUROC with which noise, brightness, contrast, width or height alone tells each anomalous class
 * from normal. Far from ½, a network may learn the scanner instead of the disease.
 *
 * @param scans     every scan that could be read
 * @param skipped   every one that could not, or that the layout leaves out, and why
 * @param notes     sentences of the layout: what was found, and by which rule
 * @param doubts    sentences about what is probably wrong
 * @param classes   by name
 * @param copies    pairs of equal scans
 * @param like      pairs of nearly equal scans; empty where pictures are too small
 * @param confounds for each class and property with both kinds of scans
 */
public record DataCheck(int scans, List<Skipped> skipped, List<String> notes, List<String> doubts,
        List<ClassRow> classes, List<Pair> copies, Optional<List<Pair>> like, List<Confound> confounds) {
    static final double LIKE = 0.96;
    static final int SMALLEST = 64;
    private static final double SUSPICIOUS = 0.15;   // distance of an AUROC from ½

    /** Ranges are smallest, median and largest. */
    public record Range(double low, double median, double high) {
        static Range of(List<ScanFacts> facts, ToDoubleFunction<ScanFacts> what) {
            double[] sorted = facts.stream().mapToDouble(what).sorted().toArray();
            return new Range(sorted[0], Interval.quantile(sorted, 0.5), sorted[sorted.length - 1]);
        }
    }

    /** The scans of one class, with their patients, masks and grey values. */
    public record ClassRow(String name, Label label, int scans, int groups, int masked, Range width, Range height,
            Range mean, Range deviation, Range noise) {}

    /** Two scans, and whether they are of different groups (patients), and then whether of different splits. */
    public record Pair(String first, String second, boolean acrossGroups, boolean acrossSplits) {}

    /** How well a property alone tells a class from normal. */
    public record Confound(String property, String className, Auroc auroc) {
        /** Whether it does so clearly: 0.15 or more from ½, and surely so. */
        public boolean suspicious() {
            Interval i = auroc.interval();
            return Math.abs(auroc.value() - 0.5) >= SUSPICIOUS && (i.low() > 0.5 || i.high() < 0.5);
        }
    }

    /**
     * Reads every scan of the source.
     *
     * @throws UserError if the source cannot be listed or none of its scans can be read
     */
    public static DataCheck of(Scans source, SplitOptions options) {
        try (Scans.Listing listing = source.look(options)) {
            List<Skipped> skipped = new ArrayList<>(listing.skipped());
            List<ScanFacts> facts = read(listing.scans(), skipped);
            if (facts.isEmpty()) throw UserError.failure("None of %d scans can be read. The first: %s", skipped.size(),
                    skipped.get(0).reason());
            boolean small = facts.stream().anyMatch(f -> Math.min(f.width(), f.height()) < SMALLEST);
            Doubts ofScans = new Doubts();
            facts.forEach(f -> ofScans.add(f.listed().file(), f.doubts()));
            return new DataCheck(facts.size(), skipped, listing.notes(),
                    listing.withDoubts(ofScans.sentences()).doubts(), classes(facts, options), copies(facts),
                    small ? Optional.empty() : Optional.of(like(facts)), confounds(facts, options));
        }
    }

    private static List<ScanFacts> read(List<Scans.Listed> scans, List<Skipped> skipped) {
        List<ScanFacts> facts = new ArrayList<>();
        try (Progress bar = Progress.start("check", scans.size(), "scan")) {
            for (Scans.Listed s : scans) {
                try {
                    facts.add(ScanFacts.of(s));
                } catch (UserError e) {
                    skipped.add(Skipped.unreadable(s.file(), e.getMessage()));
                }
                bar.step();
            }
        }
        return facts;
    }

    private static Map<String, List<ScanFacts>> byClass(List<ScanFacts> facts) {
        Map<String, List<ScanFacts>> classes = new TreeMap<>();
        for (ScanFacts f : facts) classes.computeIfAbsent(f.listed().className(), c -> new ArrayList<>()).add(f);
        return classes;
    }

    private static List<ClassRow> classes(List<ScanFacts> facts, SplitOptions options) {
        return byClass(facts).entrySet().stream().map(e -> {
            List<ScanFacts> own = e.getValue();
            int groups = (int) own.stream().map(f -> f.listed().group()).distinct().count();
            return new ClassRow(e.getKey(), options.label(e.getKey()), own.size(), groups,
                    (int) own.stream().filter(ScanFacts::masked).count(), Range.of(own, ScanFacts::width),
                    Range.of(own, ScanFacts::height), Range.of(own, ScanFacts::mean),
                    Range.of(own, ScanFacts::deviation), Range.of(own, ScanFacts::noise));
        }).toList();
    }

    private static Pair pair(ScanFacts a, ScanFacts b) {
        boolean groups = !a.listed().group().equals(b.listed().group());
        return new Pair(a.listed().file(), b.listed().file(), groups,
                groups && a.listed().split() != b.listed().split());
    }

    /** Each copy with the first scan of its kind. */
    private static List<Pair> copies(List<ScanFacts> facts) {
        Map<String, ScanFacts> first = new HashMap<>();
        List<Pair> pairs = new ArrayList<>();
        for (ScanFacts f : facts) {
            ScanFacts earlier = first.putIfAbsent(f.digest(), f);
            if (earlier != null) pairs.add(pair(earlier, f));
        }
        return pairs;
    }

    private static List<Pair> like(List<ScanFacts> facts) {
        return IntStream.range(0, facts.size()).parallel().boxed()
                .flatMap(i -> IntStream.range(i + 1, facts.size())
                        .filter(j -> facts.get(i).isLike(facts.get(j), LIKE)
                                && !facts.get(i).digest().equals(facts.get(j).digest()))
                        .mapToObj(j -> pair(facts.get(i), facts.get(j))))
                .toList();
    }

    private static List<Confound> confounds(List<ScanFacts> facts, SplitOptions options) {
        Map<String, ToDoubleFunction<ScanFacts>> properties = new LinkedHashMap<>();
        properties.put("noise", ScanFacts::noise);
        properties.put("mean grey", ScanFacts::mean);
        properties.put("contrast", ScanFacts::deviation);
        properties.put("width", ScanFacts::width);
        properties.put("height", ScanFacts::height);
        Map<Label, List<ScanFacts>> kinds = facts.stream()
                .collect(Collectors.groupingBy(f -> options.label(f.listed().className())));
        List<ScanFacts> normal = kinds.getOrDefault(Label.NORMAL, List.of());
        List<ScanFacts> ill = kinds.getOrDefault(Label.ANOMALOUS, List.of());
        if (normal.isEmpty() || ill.isEmpty()) return List.of();
        Map<String, List<ScanFacts>> classes = new LinkedHashMap<>(Map.of("every class", ill));
        byClass(ill).forEach(classes::put);
        if (classes.size() == 2) classes.remove("every class");
        List<Confound> confounds = new ArrayList<>();
        classes.forEach((name, cases) -> properties.forEach(
                (property, value) -> confounds.add(new Confound(property, name, auroc(normal, cases, value)))));
        return confounds;
    }

    private static Auroc auroc(List<ScanFacts> normal, List<ScanFacts> ill, ToDoubleFunction<ScanFacts> value) {
        double[] scores = new double[normal.size() + ill.size()];
        boolean[] positive = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            positive[i] = i >= normal.size();
            scores[i] = value.applyAsDouble(positive[i] ? ill.get(i - normal.size()) : normal.get(i));
        }
        return Auroc.of(scores, positive);
    }
}
