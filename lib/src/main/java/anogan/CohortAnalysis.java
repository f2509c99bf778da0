package anogan;

import anogan.io.Csv;
import anogan.io.GivenTable;
import anogan.markers.Markers;
import anogan.scans.Label;
import anogan.scans.SplitOptions;
import anogan.scoring.Score;
import anogan.statistics.DiscoverOptions;
import anogan.statistics.GroupedAuroc;
import anogan.statistics.Interval;
import anogan.statistics.KnownMarkers.Named;
import anogan.statistics.MarkerRates;
import anogan.statistics.MarkerRates.Rate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the scores of a {@link Cohort} are worth where a table tells what its scans show: the AUROC of scans and of
 * patches, all anomalous classes together and each by itself, against the normal ones; and how often anomalous and
 * normal scans show each of the model's markers. The cohort's tables are read part by part, twice; memory holds the
 * table of labels, a few numbers for each patient, and none for a scan, a patch or a region ({@link GroupedAuroc},
 * {@link MarkerRates}).
 *
 * <p>
 * A patch counts as its scan does, since nobody told which of its pixels are anomalous: an anomalous scan has normal
 * patches too, so that the area of patches says how unlike the patches of such scans are, and not how surely a lesion
 * is seen.
 *
 * @param rows    of scans, then of patches
 * @param markers what each is called; none if the model has none
 * @param rates   how often each is seen, what belongs to none first; none likewise
 * @param notes   what was counted, in sentences
 */
public record CohortAnalysis(List<Row> rows, List<Named> markers, List<Rate> rates, List<String> notes) {
    private static final String ALL = "";   // no class is called so
    private static final String SCAN_SCORE = "score";
    private static final String PATCH_SCORE = Score.RECOMMENDED.column();

    /**
     * @param what      scans or patches
     * @param className the anomalous class; empty: all of them
     * @param groups    patients or files that they are of
     * @param error     how far off the area is at most, since scores are counted in bins
     */
    public record Row(String what, String className, long anomalous, long normal, int groups, double auroc,
            Interval interval, double error) {
        private static Row of(String what, String className, GroupedAuroc a) {
            return new Row(what, className, a.positives(), a.negatives(), a.groups(), a.value(), a.interval(),
                    a.error());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT,
                    "%-7s  %-12s  %9d anomalous  %9d normal  %7d groups  AUROC %.3f [%s], off by %.1g at most", what,
                    className.equals(ALL) ? "all" : className, anomalous, normal, groups, auroc, interval, error);
        }
    }

    /** What the table says of a scan; its group is the patient or, of one whom the table does not tell, empty. */
    private record Known(String className, Label label, String group) {
        private Known of(String file) {
            return group.isEmpty() ? new Known(className, label, file) : this;
        }
    }

    /** One pass over all parts counts cases, the other one places them. */
    private static final class Areas {
        private final GroupedAuroc all = new GroupedAuroc();
        private final Map<String, GroupedAuroc> byClass = new TreeMap<>();   // anomalous ones

        private void add(Known scan, double score, boolean placing) {
            boolean positive = scan.label == Label.ANOMALOUS;
            add(all, scan.group, score, positive, placing);
            byClass.forEach((name, area) -> {
                if (!positive || name.equals(scan.className)) add(area, scan.group, score, positive, placing);
            });
        }

        private static void add(GroupedAuroc area, String group, double score, boolean positive, boolean placing) {
            if (placing) area.place(group, score, positive);
            else area.count(score, positive);
        }
    }

    /** @throws UserError if the table is none, or the scans that it names are not both normal and anomalous */
    static CohortAnalysis of(Path folder, int parts, List<Named> markers, Path table, List<String> normal) {
        return new Reading(folder, parts, markers, GivenTable.read(table, List.of("class"), Reading.COLUMNS), normal)
                .analysis();
    }

    /** The tables of the parts beside that of labels. */
    private static final class Reading {
        private static final List<String> COLUMNS = List.of("scan", "file", "path", "patient");
        private static final Known NOBODY = new Known("", Label.UNKNOWN, "");
        private final Path folder;
        private final int parts;
        private final Path table;
        private final String key;
        private final Map<String, Known> known = new HashMap<>();
        private final Areas scans = new Areas();
        private final Areas patches = new Areas();
        private final List<Named> markers;
        private final MarkerRates rates;
        private long labelled;
        private long others;

        Reading(Path folder, int parts, List<Named> markers, GivenTable labels, List<String> normal) {
            this.folder = folder;
            this.parts = parts;
            this.markers = markers;
            rates = new MarkerRates(markers.size());
            table = labels.file();
            key = COLUMNS.subList(0, 3).stream().filter(labels.columns()::contains).findFirst()
                    .orElseThrow(() -> UserError
                            .failure("%s names no scans: it needs a column scan, file or path beside class.", table));
            SplitOptions classes = SplitOptions.defaults().withNormalClasses(normal);
            if (classes.onlyJudged()) throw UserError.usage("Say with option normal which classes are normal.");
            for (GivenTable.Row row : labels.rows()) {
                Known of = new Known(row.cell("class"), classes.label(row.cell("class")), row.cell("patient"));
                Known before = known.put(row.cell(key).replace('\\', '/'), of);
                if (before != null && !before.equals(of))
                    throw UserError.failure("%s, row %d: %s stands there twice, with another class or patient.", table,
                            row.line(), row.cell(key));
            }
            for (Areas areas : List.of(scans, patches)) known.values().stream().filter(k -> k.label == Label.ANOMALOUS)
                    .forEach(k -> areas.byClass.computeIfAbsent(k.className, c -> new GroupedAuroc()));
        }

        CohortAnalysis analysis() {
            for (int part = 0; part < parts; part++) read(part, false);
            if (labelled == 0) throw UserError.failure(
                    "%s names no scan that was judged: its column %s is not that of the cohort's tables.", table, key);
            for (int part = 0; part < parts; part++) read(part, true);
            List<Row> rows = new ArrayList<>(rows("scans", scans));
            rows.addAll(rows("patches", patches));
            boolean patients = known.values().stream().anyMatch(k -> !k.group.isEmpty());
            return new CohortAnalysis(rows, markers,
                    markers.isEmpty() ? List.of() : rates.rates(DiscoverOptions.defaults()),
                    List.of(String.format(Locale.ROOT,
                            "%s tells the class of %d judged scans; %d others are not counted.", table, labelled,
                            others),
                            "A patch counts as its scan does. Intervals heed that those of " + (patients
                                    ? "a patient are alike."
                                    : "a file are alike; of patients the table says nothing (column patient).")));
        }

        private void read(int part, boolean placing) {
            Map<String, Known> here = new HashMap<>();   // each of a patient, or of its file
            for (Csv.Row row : Csv.read(folder.resolve(CohortTables.file("scans", part)), "scan", "file", "slice",
                    SCAN_SCORE)) {
                String file = row.get("slice").isEmpty() ? row.get("file")
                        : row.get("file").replaceFirst(", slice \\d+$", "");
                Known scan = known.getOrDefault(key.equals("scan") ? row.get("scan") : file, NOBODY).of(file);
                boolean counts = scan.label != Label.UNKNOWN;
                if (!placing && counts) labelled++;
                else if (!placing) others++;
                if (!counts) continue;
                here.put(row.get("scan"), scan);
                scans.add(scan, Double.parseDouble(row.get(SCAN_SCORE)), placing);
            }
            if (placing && !markers.isEmpty()) count(part, here);
            Path rows = folder.resolve(CohortTables.file("patches", part));
            if (here.isEmpty() || !Files.exists(rows)) return;
            for (Csv.Row row : Csv.read(rows, "scan", PATCH_SCORE)) {
                Known scan = here.get(row.get("scan"));
                if (scan != null) patches.add(scan, Double.parseDouble(row.get(PATCH_SCORE)), placing);
            }
        }

        /** The regions of a part, each scan's by its marker. */
        private void count(int part, Map<String, Known> scans) {
            Map<String, int[]> regions = new HashMap<>();
            scans.keySet().forEach(scan -> regions.put(scan, new int[markers.size() + 1]));
            for (Csv.Row row : Csv.read(folder.resolve(CohortTables.file("regions", part)), "scan", "marker")) {
                int[] own = regions.get(row.get("scan"));
                String marker = row.get("marker");
                if (own != null) own[marker.isEmpty() ? Markers.NONE : Integer.parseInt(marker)]++;
            }
            scans.forEach((name, scan) -> rates.add(scan.group, scan.label == Label.NORMAL,
                    Objects.requireNonNull(regions.get(name))));
        }

        private List<Row> rows(String what, Areas areas) {
            GroupedAuroc all = areas.all;
            if (all.positives() == 0 || all.negatives() == 0) throw UserError.failure(
                    "The judged scans that %s names are %s: an AUROC needs both kinds. Say with option normal which "
                            + "classes are normal.",
                    table, all.positives() == 0 ? "all normal" : "all anomalous");
            List<Row> rows = new ArrayList<>(List.of(Row.of(what, ALL, all)));
            if (areas.byClass.size() > 1) areas.byClass.forEach((name, area) -> {
                if (area.positives() > 0) rows.add(Row.of(what, name, area));
            });
            return rows;
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(row).append('\n'));
        if (!rates.isEmpty()) text.append('\n').append(MarkerRates.table(rates, markers)).append('\n');
        notes.forEach(note -> text.append(note).append('\n'));
        return text.toString();
    }
}
