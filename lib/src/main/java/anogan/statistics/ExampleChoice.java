package anogan.statistics;

import anogan.scans.Label;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.scans.Split;
import anogan.scoring.Score;
import anogan.statistics.ScoreTable.Case;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which patches of a run are shown as examples. A rule chooses them, nobody's eye: of each kind those at even steps of
 * the ranking by A, so that an easy one, a middling one and a hard one are among them.
 */
final class ExampleChoice {
    private final Patches patches;
    private final ScoreTable training;
    private final ScoreTable normal;      // patches of normal test scans
    private final ScoreTable ill;         // of anomalous ones
    private final ScoreTable annotated;   // of these the annotated ones

    ExampleChoice(Patches patches, ScoreTable patchScores, ScoreTable scanScores) {
        this.patches = patches;
        Set<String> healthy = PatchKind.scans(scanScores, Label.NORMAL);
        Set<String> anomalous = PatchKind.scans(scanScores, Label.ANOMALOUS);
        training = patchScores.where(c -> c.split() == Split.TRAIN);
        ScoreTable test = patchScores.where(c -> c.split() == Split.TEST);
        normal = test.where(c -> healthy.contains(c.scan()));
        ill = test.where(c -> anomalous.contains(c.scan()));
        Set<String> masked = patches.scans().stream().filter(ScanInfo::masked).map(ScanInfo::scan)
                .collect(Collectors.toSet());
        annotated = ill.where(c -> c.label() == Label.ANOMALOUS && masked.contains(c.scan()));
    }

    /** The patches that a table is about, where they are cut. */
    static List<Patch> patches(Patches patches, List<Case> cases) {
        return cases.stream().map(c -> new Patch(patches.index(c.scan()).orElseThrow(), c.row(), c.column(), c.label()))
                .toList();
    }

    /**
     * Two normal training patches, two normal test patches, and five anomalous ones, of which the last two are of
     * classes that nobody annotated, if there are such beside annotated ones; each kind under its head.
     */
    Map<String, List<Patch>> kinds() {
        List<Patch> unlabelled = masks() ? unlabelled(2) : List.of();
        Map<String, List<Patch>> kinds = new LinkedHashMap<>();
        kinds.put("normal, training", spread(ranked(training), 2));
        kinds.put("normal, test", normal(2));
        kinds.put(masks() ? "anomalous, annotated" : "of anomalous scans", anomalous(5 - unlabelled.size()));
        kinds.put(Examples.UNLABELLED, unlabelled);
        return kinds;
    }

    /** Of normal test scans. */
    List<Patch> normal(int n) {
        return spread(ranked(normal), n);
    }

    /** Annotated ones whose lesion is in sight or, where there are no masks, any of anomalous scans. */
    List<Patch> anomalous(int n) {
        return spread(ranked(masks() ? inSight() : ill), n);
    }

    /** Whether any test patch is annotated. */
    private boolean masks() {
        return !annotated.cases().isEmpty();
    }

    /** Patches of which a part worth seeing is annotated; all, if none is. */
    private ScoreTable inSight() {
        List<Patch> all = patches(patches, annotated.cases());
        int size = patches.options().size();
        Set<Case> seen = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            boolean[] mask = all.get(i).cut(patches.mask(all.get(i).scan()), patches.stripWidth(), size);
            long pixels = IntStream.range(0, mask.length).filter(p -> mask[p]).count();
            if (pixels >= Examples.IN_SIGHT * mask.length) seen.add(annotated.cases().get(i));
        }
        return seen.isEmpty() ? annotated : annotated.where(seen::contains);
    }

    /**
     * Of the classes that are annotated nowhere: each scan's worst patch, and of these some at even steps of the
     * ranking.
     */
    private List<Patch> unlabelled(int n) {
        Set<String> known = ill.cases().stream().filter(c -> c.label() != Label.UNKNOWN).map(Case::className)
                .collect(Collectors.toSet());
        Map<Integer, Patch> worstOfScan = new LinkedHashMap<>();
        for (Patch p : ranked(ill.where(c -> !known.contains(c.className())))) {
            worstOfScan.remove(p.scan());   // rising: the last one stays, in its place in the ranking
            worstOfScan.put(p.scan(), p);
        }
        return spread(List.copyOf(worstOfScan.values()), n);
    }

    /** So many patches at even steps of their ranking, each of another scan as far as there are enough. */
    private static List<Patch> spread(List<Patch> ranked, int n) {
        List<Patch> chosen = new ArrayList<>();
        for (int i = 0; i < n && !ranked.isEmpty(); i++) {
            double wanted = (i + 0.5) / n * ranked.size() - 0.5;
            Set<Integer> scans = chosen.stream().map(Patch::scan).collect(Collectors.toSet());
            Comparator<Integer> newScansFirst = Comparator.comparing(k -> scans.contains(ranked.get(k).scan()));
            chosen.add(ranked.get(IntStream.range(0, ranked.size()).boxed()
                    .min(newScansFirst.thenComparing(k -> Math.abs(k - wanted))).orElseThrow()));
        }
        return chosen.stream().distinct().toList();
    }

    /** The patches of a table, rising by A. */
    private List<Patch> ranked(ScoreTable table) {
        List<Patch> all = patches(patches, table.cases());
        double[] a = table.of(Score.A);
        return IntStream.range(0, a.length).boxed().sorted(Comparator.comparingDouble(i -> a[i])).map(all::get)
                .toList();
    }
}
