package anogan.visuals;

import anogan.patches.Patch;
import anogan.patches.ScanInfo;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Score;
import anogan.statistics.NormalThreshold;
import anogan.statistics.ScoreTable;
import anogan.statistics.ScoreTable.Case;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which patches of a run are shown as examples. A rule chooses them, nobody's eye: of each kind those at even steps of
 * the ranking by A, so that an easy one, a middling one and a hard one are among them.
 */
final class ExampleChoice {
    /**
     * Share of the pixels from which on a lesion is in sight: by the paper's definition a single annotated pixel makes
     * a patch anomalous.
     */
    static final double IN_SIGHT = 0.02;

    /** The head of what nobody annotated. */
    static final String UNLABELLED = "unlabelled";

    private final RunData run;
    private final Optional<NormalThreshold> thresholdOfR;
    private final Optional<NormalThreshold> thresholdOfD;
    private final ScoreTable normal;      // patches of normal test scans
    private final ScoreTable ill;         // of anomalous ones
    private final ScoreTable annotated;   // of these the annotated ones

    /** A patch and its scores, and whether they are above the thresholds that validation normals set. */
    record Choice(Patch patch, String className, double a, double r, double d, boolean flaggedByR,
            boolean flaggedByD) {}

    /** Patches of one kind under a common head. */
    record Block(String head, List<Choice> choices) {}

    ExampleChoice(RunData run) {
        this.run = run;
        thresholdOfR = run.threshold(Score.R);
        thresholdOfD = run.threshold(Score.D);
        Set<String> ofAnomalousClasses = run.scanScores().cases().stream().filter(c -> c.label() == Label.ANOMALOUS)
                .map(Case::scan).collect(Collectors.toSet());
        ScoreTable test = run.patchScores().where(c -> c.split() == Split.TEST);
        normal = test.where(c -> !ofAnomalousClasses.contains(c.scan()));
        ill = test.where(c -> ofAnomalousClasses.contains(c.scan()));
        Set<String> masked = run.patches().scans().stream().filter(ScanInfo::masked).map(ScanInfo::scan)
                .collect(Collectors.toSet());
        annotated = ill.where(c -> c.label() == Label.ANOMALOUS && masked.contains(c.scan()));
    }

    /**
     * Two normal training patches, two normal test patches, and five anomalous ones, of which the last two are of
     * classes that nobody annotated, if there are such beside annotated ones. Blocks without patches are left out.
     */
    List<Block> blocks() {
        List<Choice> unlabelled = masks() ? unlabelled(2) : List.of();
        return Stream
                .of(new Block("normal, training", spread(run.patchScores().where(c -> c.split() == Split.TRAIN), 2)),
                        new Block("normal, test", normal(2)),
                        new Block(masks() ? "anomalous, annotated" : "of anomalous scans",
                                anomalous(5 - unlabelled.size())),
                        new Block(UNLABELLED, unlabelled))
                .filter(b -> !b.choices.isEmpty()).toList();
    }

    /** Of normal test scans. */
    List<Choice> normal(int n) {
        return spread(normal, n);
    }

    /** Annotated ones whose lesion is in sight or, where there are no masks, any of anomalous scans. */
    List<Choice> anomalous(int n) {
        return spread(masks() ? inSight() : ill, n);
    }

    /** Whether any test patch is annotated. */
    boolean masks() {
        return !annotated.cases().isEmpty();
    }

    /** Patches of which a part worth seeing is annotated; all, if none is. */
    private ScoreTable inSight() {
        List<Patch> patches = run.patches(annotated);
        Set<Case> seen = new HashSet<>();
        for (int i = 0; i < patches.size(); i++) {
            boolean[] mask = Example.mask(run.patches(), patches.get(i));
            if (RocFigures.count(mask) >= IN_SIGHT * mask.length) seen.add(annotated.cases().get(i));
        }
        return seen.isEmpty() ? annotated : annotated.where(seen::contains);
    }

    /**
     * Of the classes that are annotated nowhere: each scan's worst patch, and of these some at even steps of the
     * ranking.
     */
    private List<Choice> unlabelled(int n) {
        Set<String> known = ill.cases().stream().filter(c -> c.label() != Label.UNKNOWN).map(Case::className)
                .collect(Collectors.toSet());
        Map<Integer, Choice> worstOfScan = new HashMap<>();
        for (Choice c : ranked(ill.where(c -> !known.contains(c.className())))) worstOfScan.put(c.patch.scan(), c);   // rising: the last one stays
        return spread(worstOfScan.values().stream().sorted(Comparator.comparingDouble(Choice::a)).toList(), n);
    }

    private List<Choice> spread(ScoreTable table, int n) {
        return spread(ranked(table), n);
    }

    /** So many patches at even steps of their ranking, each of another scan as far as there are enough. */
    private static List<Choice> spread(List<Choice> ranked, int n) {
        List<Choice> chosen = new ArrayList<>();
        for (int i = 0; i < n && !ranked.isEmpty(); i++) {
            double wanted = (i + 0.5) / n * ranked.size() - 0.5;
            Set<Integer> scans = chosen.stream().map(c -> c.patch.scan()).collect(Collectors.toSet());
            Comparator<Integer> newScansFirst = Comparator.comparing(k -> scans.contains(ranked.get(k).patch.scan()));
            chosen.add(ranked.get(IntStream.range(0, ranked.size()).boxed()
                    .min(newScansFirst.thenComparing(k -> Math.abs(k - wanted))).orElseThrow()));
        }
        return chosen.stream().distinct().toList();
    }

    /** The patches of a table, rising by A. */
    private List<Choice> ranked(ScoreTable table) {
        List<Patch> patches = run.patches(table);
        return IntStream.range(0, patches.size()).mapToObj(i -> {
            double r = table.of(Score.R)[i];
            double d = table.of(Score.D)[i];
            return new Choice(patches.get(i), table.cases().get(i).className(), table.of(Score.A)[i], r, d,
                    flags(thresholdOfR, r), flags(thresholdOfD, d));
        }).sorted(Comparator.comparingDouble(Choice::a)).toList();
    }

    private static boolean flags(Optional<NormalThreshold> threshold, double score) {
        return threshold.isPresent() && threshold.get().flags(score);
    }
}
