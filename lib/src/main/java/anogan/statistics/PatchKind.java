package anogan.statistics;

import anogan.scans.Label;
import anogan.scans.Split;
import anogan.statistics.ScoreTable.Case;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The three kinds of patches that the paper's Figures 2 b and 4 c, d set side by side. */
public enum PatchKind {
    /** Of training scans. */
    TRAINING,
    /** Of normal test scans. */
    NORMAL,
    /** Those of test scans or, where nobody knows which, all patches of anomalous test scans. */
    ANOMALOUS;

    /** As in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The patches of each kind; a kind without any is absent.
     *
     * @param patches one row a patch
     * @param scans   one row a scan, for the scans' labels
     */
    public static Map<PatchKind, ScoreTable> of(ScoreTable patches, ScoreTable scans) {
        Set<String> normal = scans(scans, Label.NORMAL);
        Set<String> anomalous = scans(scans, Label.ANOMALOUS);
        ScoreTable test = patches.where(c -> c.split() == Split.TEST);
        ScoreTable annotated = test.where(c -> c.label() == Label.ANOMALOUS);
        Map<PatchKind, ScoreTable> kinds = new EnumMap<>(PatchKind.class);
        kinds.put(TRAINING, patches.where(c -> c.split() == Split.TRAIN));
        kinds.put(NORMAL, test.where(c -> normal.contains(c.scan())));
        kinds.put(ANOMALOUS, annotated.cases().isEmpty() ? test.where(c -> anomalous.contains(c.scan())) : annotated);
        kinds.values().removeIf(table -> table.cases().isEmpty());
        return kinds;
    }

    /** The names of the scans of a label; what nobody has judged is neither normal nor anomalous. */
    static Set<String> scans(ScoreTable scans, Label label) {
        return scans.cases().stream().filter(c -> c.label() == label).map(Case::scan).collect(Collectors.toSet());
    }
}
