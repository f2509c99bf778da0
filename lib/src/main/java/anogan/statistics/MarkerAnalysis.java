package anogan.statistics;

import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.io.Json;
import anogan.markers.Feature;
import anogan.markers.GaussianMixture;
import anogan.markers.Markers;
import anogan.markers.RegionRow;
import anogan.markers.VolumeRegions;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import anogan.run.Seeds;
import anogan.run.Stage;
import anogan.scans.Label;
import anogan.scans.Spacing;
import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.scoring.ScoreColumn;
import anogan.statistics.Marker.Extent;
import anogan.statistics.Marker.Frequency;
import anogan.statistics.Marker.Kind;
import anogan.statistics.Marker.Quartiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which markers there are, and what each is worth: what the paper's title promises. Regions of test scans are clustered
 * without a label; only then is it asked how often normal scans show each.
 *
 * @param options   it was made with
 * @param scans     that were looked at
 * @param groups    patients
 * @param markers   the clusters, frozen
 * @param found     each marker, and last what belongs to none
 * @param splitHalf agreement (adjusted Rand index) of the markers that two halves of the patients give by themselves,
 *                  mean over ten halvings; empty if there are too few regions for that
 * @param tried     the numbers of clusters that were tried, rising; empty where markers of others were looked for
 * @param diagnosis what the numbers of each marker in a scan say of its class, what A and the thickness of the retina
 *                  say beside them, and what A and markers say together; empty without three classes
 */
public record MarkerAnalysis(DiscoverOptions options, int scans, int groups, Markers markers, List<Marker> found,
        Optional<Double> splitHalf, List<MarkerStability.Tried> tried, List<MarkerDiagnosis> diagnosis) {
    /** The name of all anomalous classes together. */
    public static final String ANOMALOUS = "all anomalous";
    /** That of the normal ones. */
    public static final String NORMAL = "all normal";
    /** Where it is kept in a run. */
    public static final String FILE = "markers.json";
    /** Under which run.json tells how it was made. */
    public static final String STAGE = "discover";
    private static final int FEW = 5;          // regions of a marker in normal scans from which on it may be an artefact
    private static final double AS_OFTEN = 2;  // ratio up to which it is one
    private static final int HALVINGS = 10;

    /**
     * Finds the markers of these regions.
     *
     * @param scans     all that were looked at, also those without a region
     * @param flattened whether there is a depth
     */
    public static MarkerAnalysis discover(List<ScanInfo> scans, List<RegionRow> rows, boolean flattened,
            DiscoverOptions options) {
        if (rows.size() < Markers.FEWEST)
            return of(scans, rows, Markers.none(), new double[0], List.of(), flattened, options);
        Markers.Space space = new Markers.Space(rows);
        List<MarkerStability> tried = MarkerStability.of(rows, space, options);
        if (tried.isEmpty()) return of(scans, rows, Markers.none(), new double[0], List.of(), flattened, options);
        Markers markers = space.frozen(tried.get(0).mixture());
        return of(scans, rows, markers, stability(tried.get(0), space, markers), tried.stream()
                .map(MarkerStability::tried).sorted(Comparator.comparingInt(MarkerStability.Tried::clusters)).toList(),
                flattened, options);
    }

    /**
     * With what A and the thickness of the retina say of the scans' classes beside the markers, and what A and the
     * markers say together.
     *
     * @param table of whole scans; scores that it lacks are left out
     * @param rows  the regions that were looked at
     */
    public MarkerAnalysis beside(ScoreTable table, List<ScanInfo> all, List<RegionRow> rows) {
        if (diagnosis.isEmpty()) return this;
        List<MarkerDiagnosis> told = new ArrayList<>(diagnosis);
        ScoreColumn a = Score.A.of(Aggregate.MEAN);
        for (ScoreColumn column : List.of(a, Score.RETINA_THICKNESS.of(Aggregate.MEAN)))
            ofScans(table, column, all).ifPresent(
                    x -> MarkerDiagnosis.of(column.title(), all, x, Optional.empty(), options).ifPresent(told::add));
        double[][] numbers = MarkerDiagnosis
                .numbers(MarkerCounts.of(all, rows, rows.stream().mapToInt(markers::of).toArray(), markers.count()));
        ofScans(table, a, all).flatMap(x -> MarkerDiagnosis.of("markers and " + a.title(), all,
                IntStream.range(0, x.length)
                        .mapToObj(s -> DoubleStream.concat(Arrays.stream(numbers[s]), Arrays.stream(x[s])).toArray())
                        .toArray(double[][]::new),
                Optional.of(x), options)).ifPresent(told::add);
        return new MarkerAnalysis(options, scans, groups, markers, found, splitHalf, tried, told);
    }

    /** A score of each scan; empty unless all have one. */
    private static Optional<double[][]> ofScans(ScoreTable table, ScoreColumn column, List<ScanInfo> all) {
        if (!table.scores().containsKey(column)) return Optional.empty();
        Map<String, Double> of = new HashMap<>();
        double[] values = table.of(column);
        for (int i = 0; i < values.length; i++) of.put(table.cases().get(i).scan(), values[i]);
        double[][] numbers = all.stream().map(s -> new double[] {of.getOrDefault(s.scan(), Double.NaN)})
                .toArray(double[][]::new);
        return Arrays.stream(numbers).allMatch(n -> Double.isFinite(n[0])) ? Optional.of(numbers) : Optional.empty();
    }

    /** The same markers in other scans: nothing is found anew. */
    public MarkerAnalysis confirm(List<ScanInfo> otherScans, List<RegionRow> rows, boolean flattened) {
        double[] stability = found.stream().filter(m -> m.number() != Markers.NONE).mapToDouble(Marker::stability)
                .toArray();
        return of(otherScans, rows, markers, stability, List.of(), flattened, options);
    }

    private static MarkerAnalysis of(List<ScanInfo> scans, List<RegionRow> rows, Markers markers, double[] stability,
            List<MarkerStability.Tried> tried, boolean flattened, DiscoverOptions options) {
        int[] marker = rows.stream().mapToInt(markers::of).toArray();
        MarkerCounts counts = MarkerCounts.of(scans, rows, marker, markers.count());
        List<List<Frequency>> frequencies = MarkerFrequencies.of(counts, options);
        MarkerCounts normal = counts.where(s -> s.label() == Label.NORMAL);
        MarkerNames names = new MarkerNames(rows.isEmpty() ? Map.of() : quartiles(rows), umPerPixel(scans, rows),
                flattened);
        VolumeRegions volumes = VolumeRegions.of(scans, rows);
        List<Marker> found = new ArrayList<>();
        for (int m : IntStream.concat(IntStream.rangeClosed(1, markers.count()), IntStream.of(Markers.NONE))
                .toArray()) {
            int[] regions = IntStream.range(0, rows.size()).filter(i -> marker[i] == m).toArray();
            List<RegionRow> own = IntStream.of(regions).mapToObj(rows::get).toList();
            Map<Feature, Quartiles> features = own.isEmpty() ? Map.of() : quartiles(own);
            String name = m == Markers.NONE ? "belongs to none" : own.isEmpty() ? "not seen" : names.of(features);
            found.add(new Marker(m, name,
                    kind(normal.regions(m), m == Markers.NONE ? 0 : stability[m - 1], frequencies.get(m).get(0),
                            options),
                    counts.regions(m), counts.scansWith(m), counts.groupsWith(m),
                    m == Markers.NONE ? 0 : stability[m - 1], Extent.of(volumes, regions), features,
                    frequencies.get(m)));
        }
        return new MarkerAnalysis(options, scans.size(), (int) scans.stream().map(ScanInfo::group).distinct().count(),
                markers, found, splitHalf(rows, markers, options), tried,
                MarkerDiagnosis.of(counts, options).stream().toList());
    }

    /** Those of the mixture that the frozen one came from, in the frozen one's order. */
    private static double[] stability(MarkerStability of, Markers.Space space, Markers markers) {
        GaussianMixture frozen = markers.mixture();
        int[][] both = new int[markers.count()][of.clusters()];
        for (double[] x : space.points()) both[frozen.cluster(x)][of.mixture().cluster(x)]++;
        return Arrays.stream(both).mapToDouble(row -> of.stability()[IntStream.range(0, row.length).boxed()
                .max(Comparator.comparingInt(k -> row[k])).orElseThrow()]).toArray();
    }

    /** @param normal how many regions of it normal scans have */
    private static Kind kind(int normal, double stability, Frequency overall, DiscoverOptions options) {
        if (stability >= MarkerStability.UNSTABLE && overall.corrected() <= options.rate()) return Kind.CANDIDATE;
        return normal >= FEW && overall.ratio().orElse(0.0) <= AS_OFTEN ? Kind.ARTEFACT : Kind.OPEN;
    }

    private static Map<Feature, Quartiles> quartiles(List<RegionRow> rows) {
        Map<Feature, Quartiles> quartiles = new EnumMap<>(Feature.class);
        for (Feature f : Feature.values()) {
            double[] sorted = rows.stream().mapToDouble(r -> r.get(f)).sorted().toArray();
            int n = sorted.length;
            quartiles.put(f, new Quartiles(sorted[n / 4], sorted[n / 2], sorted[Math.min(n - 1, 3 * n / 4)]));
        }
        return quartiles;
    }

    /** Width of a pixel of the strip, if it is known of all scans; their median. */
    private static Optional<Double> umPerPixel(List<ScanInfo> scans, List<RegionRow> rows) {
        if (rows.isEmpty() || !scans.stream().allMatch(s -> Spacing.of(s.attributes()).isPresent()))
            return Optional.empty();
        double[] widths = rows.stream().mapToDouble(r -> Spacing.of(r.scan().attributes()).orElseThrow().column()
                * r.region().width() / r.get(Feature.WIDTH)).sorted().toArray();
        return Optional.of(widths[widths.length / 2]);
    }

    private static Optional<Double> splitHalf(List<RegionRow> rows, Markers markers, DiscoverOptions options) {
        if (markers.count() < 2) return Optional.empty();
        List<String> groups = rows.stream().map(r -> r.scan().group()).distinct().toList();
        Markers.Space space = new Markers.Space(rows);
        double sum = 0;
        int n = 0;
        for (int h = 0; h < HALVINGS; h++) {
            long seed = Seeds.of(options.seed(), "halves " + h);
            List<String> order = groups.stream().sorted(Comparator.comparingLong((String g) -> Seeds.of(seed, g)))
                    .toList();
            List<String> first = order.subList(0, order.size() / 2);
            double[] own = rows.stream().mapToDouble(r -> first.contains(r.scan().group()) ? 1 : 0).toArray();
            double[] other = Arrays.stream(own).map(w -> 1 - w).toArray();
            Optional<GaussianMixture> a = space.clusters(own, markers.count(), seed);
            Optional<GaussianMixture> b = space.clusters(other, markers.count(), seed + 1);
            if (a.isEmpty() || b.isEmpty()) continue;
            sum += Agreement.randIndex(clusters(a.get(), space), clusters(b.get(), space));
            n++;
        }
        return n == 0 ? Optional.empty() : Optional.of(sum / n);
    }

    private static int[] clusters(GaussianMixture mixture, Markers.Space space) {
        return Arrays.stream(space.points()).mapToInt(mixture::cluster).toArray();
    }

    /** The markers that are more than an artefact or a guess. */
    public List<Marker> candidates() {
        return found.stream().filter(m -> m.kind() == Kind.CANDIDATE).toList();
    }

    /** {@value #FILE}, {@code markers.csv} and {@code marker_classes.csv}. */
    public void write(Path folder) {
        StringBuilder csv = new StringBuilder(Csv.line(Stream.concat(
                Stream.of("marker", "name", "kind", "regions", "scans", "groups", "stability", "per_normal_scan",
                        "per_anomalous_scan", "ratio", "ratio_low", "ratio_high", "p", "p_corrected", "volume_things",
                        "volume_mm3", "volume_mm3_total"),
                Stream.of(Feature.values()).flatMap(f -> Stream.of(f.column() + "_q1", f.column(), f.column() + "_q3")))
                .toArray()));
        for (Marker m : found) csv.append(Csv.line(Stream.concat(
                Stream.of(m.number(), m.name(), m.kind().word(), m.regions(), m.scans(), m.groups(),
                        number(m.stability()), number(m.overall().normal()), number(m.overall().perScan()),
                        optional(m.overall().ratio()), optional(m.overall().interval().map(Interval::low)),
                        optional(m.overall().interval().map(Interval::high)), number(m.overall().p()),
                        number(m.overall().corrected()), m.extent().map(e -> String.valueOf(e.things())).orElse(""),
                        optional(m.extent().map(Extent::median)), optional(m.extent().map(Extent::total))),
                Stream.of(Feature.values()).flatMap(f -> quartiles(m, f))).toArray()));
        AtomicFiles.writeString(folder.resolve("markers.csv"), csv.toString());
        StringBuilder classes = new StringBuilder(
                Csv.line("marker", "class", "scans", "share_with", "per_scan", "per_scan_low", "per_scan_high",
                        "per_normal_scan", "ratio", "ratio_low", "ratio_high", "p", "p_corrected"));
        for (Marker m : found) for (Frequency f : m.classes())
            classes.append(Csv.line(m.number(), f.className(), f.scans(), number(f.with()), number(f.perScan()),
                    optional(f.range().map(Interval::low)), optional(f.range().map(Interval::high)), number(f.normal()),
                    optional(f.ratio()), optional(f.interval().map(Interval::low)),
                    optional(f.interval().map(Interval::high)), number(f.p()), number(f.corrected())));
        AtomicFiles.writeString(folder.resolve("marker_classes.csv"), classes.toString());
        Json.write(folder.resolve(FILE), this);   // last: with it the markers are there
    }

    /** @throws UserError if there is none, or it is damaged */
    public static MarkerAnalysis read(Path folder) {
        return Json.read(folder.resolve(FILE), MarkerAnalysis.class, "Make it anew with stage discover.");
    }

    /** Those of a run; empty if none were looked for, or its scans were mapped anew since. */
    public static Optional<MarkerAnalysis> of(RunFolder run) {
        Stage made = run.info().stages().get(STAGE);
        String scans = run.scoreFingerprints().get("scans.csv");
        boolean current = made != null && scans != null && scans.equals(made.fingerprints().get("scans.csv"));
        return current && Files.exists(run.file(FILE)) ? Optional.of(read(run.path())) : Optional.empty();
    }

    private static Stream<String> quartiles(Marker m, Feature f) {
        return Optional.ofNullable(m.features().get(f))
                .map(q -> Stream.of(number(q.low()), number(q.median()), number(q.high())))
                .orElse(Stream.of("", "", ""));
    }

    private static String optional(Optional<Double> value) {
        return value.map(MarkerAnalysis::number).orElse("");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    /** For a terminal: a line a marker. */
    @Override
    public String toString() {
        TextTable table = new TextTable("marker", "regions", "scans", "patients", "stability", "per normal scan",
                "per anomalous", "ratio", "p", "kind", "name");
        for (Marker m : found) table.row(m.number() == Markers.NONE ? "–" : m.number(), m.regions(), m.scans(),
                m.groups(), m.number() == Markers.NONE ? "–" : String.format(Locale.ROOT, "%.2f", m.stability()),
                number(m.overall().normal()), number(m.overall().perScan()),
                MarkerRates.words(m.overall().ratio(), m.overall().interval()),
                String.format(Locale.ROOT, "%.2g", m.overall().corrected()), m.kind().word(), m.name());
        return table + (markers.count() > 0 ? "" : "There are too few regions to tell kinds of them apart.\n")
                + splitHalf.map(a -> String.format(Locale.ROOT,
                        "Two halves of the patients give markers that agree by %.2f (adjusted Rand index).%n", a))
                        .orElse("")
                + MarkerDiagnosis.words(diagnosis) + (diagnosis.isEmpty() ? "" : "\n");
    }
}
