package anogan.statistics;

import anogan.markers.Markers;
import anogan.patches.ScanInfo;
import anogan.run.Seeds;
import anogan.scans.Label;
import anogan.statistics.KnownMarkers.Named;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How often scans show each marker, beside normal ones, with intervals that resample patients
 * ({@link ClusterBootstrap}), since scans of one are alike. Scans pass by one after the other; memory holds a few
 * counts for each patient.
 */
public final class MarkerRates {
    private final Map<String, Patient> patients;
    private final long[] scansWith;   // of each marker; the first is what belongs to none, here as below

    /** Of normal scans, and of the others. */
    private record Patient(Counts normal, Counts own) {
        long regions(int marker) {
            return normal.regions[marker] + own.regions[marker];
        }
    }

    private static final class Counts {
        private final long[] regions;
        private long scans;

        Counts(int markers) {
            regions = new long[markers];
        }
    }

    /**
     * Of one marker.
     *
     * @param regions  of all scans
     * @param scans    that have any
     * @param patients that have any
     * @param perScan  regions per scan that is not normal; 0 without such scans
     * @param range    of that, over patients; empty with fewer than two
     * @param normal   regions per normal scan; 0 likewise
     * @param ratio    of both, half a region added to each so that none is no division by nothing; empty without scans
     *                 of both kinds
     * @param interval of the ratio, over patients; empty likewise, or with fewer than two patients
     */
    public record Rate(long regions, long scans, int patients, double perScan, Optional<Interval> range, double normal,
            Optional<Double> ratio, Optional<Interval> interval) {}

    private MarkerRates(int markers, Map<String, Patient> patients) {
        this.patients = patients;
        scansWith = new long[markers + 1];
    }

    /** Of scans in any order: draws are of patients in the order of their names. */
    public MarkerRates(int markers) {
        this(markers, new TreeMap<>());
    }

    /** @param own the scans that are set beside normal ones; the normal ones themselves have nothing beside them */
    static MarkerRates of(MarkerCounts counts, int markers, Predicate<ScanInfo> own) {
        MarkerRates rates = new MarkerRates(markers, new LinkedHashMap<>());
        for (int s = 0; s < counts.counts().length; s++) {
            ScanInfo scan = counts.scans().get(s);
            if (own.test(scan)) rates.add(scan.group(), false, counts.counts()[s]);
            else if (scan.label() == Label.NORMAL) rates.add(scan.group(), true, counts.counts()[s]);
        }
        return rates;
    }

    /** A scan with its number of regions of each marker, of what belongs to none first. */
    public void add(String patient, boolean normal, int[] regions) {
        Patient of = patients.computeIfAbsent(patient,
                p -> new Patient(new Counts(scansWith.length), new Counts(scansWith.length)));
        Counts counts = normal ? of.normal : of.own;
        counts.scans++;
        for (int m = 0; m < regions.length; m++) {
            counts.regions[m] += regions[m];
            if (regions[m] > 0) scansWith[m]++;
        }
    }

    /** Of each marker, of what belongs to none first. */
    public List<Rate> rates(DiscoverOptions options) {
        List<Patient> all = List.copyOf(patients.values());
        double[] once = new double[all.size()];
        Arrays.fill(once, 1);
        int markers = scansWith.length;
        double[] found = rates(all, once);
        Optional<ClusterBootstrap> bootstrap = all.isEmpty() ? Optional.empty()
                : Optional.of(ClusterBootstrap.of(List.copyOf(patients.keySet()), options.draws(),
                        Seeds.of(options.seed(), "rates")));
        double[][] drawn = bootstrap.map(b -> b.vectors(weights -> rates(all, weights))).orElse(new double[0][]);
        return IntStream.range(0, markers)
                .mapToObj(m -> new Rate(all.stream().mapToLong(p -> p.regions(m)).sum(), scansWith[m],
                        (int) all.stream().filter(p -> p.regions(m) > 0).count(), defined(found[m]).orElse(0.0),
                        bootstrap.flatMap(b -> b.interval(drawn[m])), defined(found[markers + m]).orElse(0.0),
                        defined(found[2 * markers + m]), bootstrap.flatMap(b -> b.interval(drawn[2 * markers + m]))))
                .toList();
    }

    private static Optional<Double> defined(double value) {
        return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
    }

    /** Regions per scan of each marker, then those per normal scan, then their ratios; NaN where there are no scans. */
    private double[] rates(List<Patient> all, double[] weights) {
        int markers = scansWith.length;
        double[] own = new double[markers];
        double[] normal = new double[markers];
        double scans = 0;
        double normals = 0;
        for (int p = 0; p < weights.length; p++) {
            Patient patient = all.get(p);
            scans += weights[p] * patient.own.scans;
            normals += weights[p] * patient.normal.scans;
            for (int m = 0; m < markers; m++) {
                own[m] += weights[p] * patient.own.regions[m];
                normal[m] += weights[p] * patient.normal.regions[m];
            }
        }
        double[] rates = new double[3 * markers];
        for (int m = 0; m < markers; m++) {
            rates[m] = scans == 0 ? Double.NaN : own[m] / scans;
            rates[markers + m] = normals == 0 ? Double.NaN : normal[m] / normals;
            rates[2 * markers + m] = scans == 0 || normals == 0 ? Double.NaN
                    : (own[m] + 0.5) / scans * normals / (normal[m] + 0.5);
        }
        return rates;
    }

    /** A line a marker, for a terminal; what belongs to none is last. */
    public static String table(List<Rate> rates, List<Named> names) {
        TextTable table = new TextTable("marker", "regions", "scans", "patients", "per normal scan", "per anomalous",
                "ratio", "kind", "name");
        for (int i = 1; i <= rates.size(); i++) {
            int m = i % rates.size();
            Rate r = rates.get(m);
            Optional<Named> named = m == Markers.NONE ? Optional.empty() : Optional.of(names.get(m - 1));
            table.row(m == Markers.NONE ? "–" : m, r.regions, r.scans, r.patients,
                    String.format(Locale.ROOT, "%.4g", r.normal), String.format(Locale.ROOT, "%.4g", r.perScan),
                    words(r.ratio, r.interval), named.map(n -> n.kind().word()),
                    named.map(Named::name).orElse("belongs to none"));
        }
        return table.toString();
    }

    /** A ratio with its interval, for a reader. */
    static String words(Optional<Double> ratio, Optional<Interval> interval) {
        return ratio.map(r -> String.format(Locale.ROOT, "%.1f", r)).orElse("–")
                + interval.map(i -> String.format(Locale.ROOT, " [%.1f–%.1f]", i.low(), i.high())).orElse("");
    }
}
