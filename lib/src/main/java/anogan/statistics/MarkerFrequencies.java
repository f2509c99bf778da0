package anogan.statistics;

import anogan.markers.Markers;
import anogan.patches.ScanInfo;
import anogan.run.Seeds;
import anogan.scans.Label;
import anogan.statistics.Marker.Frequency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How often each class of scans shows each marker, beside the normal ones, and whether that is chance. */
final class MarkerFrequencies {
    private MarkerFrequencies() {}

    /** Of each marker, all anomalous scans first, then each class; index 0 is what belongs to none. */
    static List<List<Frequency>> of(MarkerCounts counts, DiscoverOptions options) {
        int markers = counts.counts().length == 0 ? 1 : counts.counts()[0].length;
        List<List<Frequency>> all = new ArrayList<>(
                IntStream.range(0, markers).mapToObj(m -> new ArrayList<Frequency>()).toList());
        List<String> classes = counts.scans().stream().filter(s -> s.label() != Label.NORMAL).map(ScanInfo::className)
                .distinct().sorted().toList();
        add(all, counts, MarkerAnalysis.ANOMALOUS, s -> s.label() == Label.ANOMALOUS, options);
        for (String name : classes)
            add(all, counts, name, s -> s.label() != Label.NORMAL && s.className().equals(name), options);
        add(all, counts, MarkerAnalysis.NORMAL, s -> s.label() == Label.NORMAL, options);
        return all;
    }

    private static void add(List<List<Frequency>> to, MarkerCounts counts, String name, Predicate<ScanInfo> wanted,
            DiscoverOptions options) {
        MarkerCounts both = counts.where(s -> s.label() == Label.NORMAL || wanted.test(s));
        MarkerCounts own = both.where(wanted);
        MarkerCounts normal = both.where(s -> s.label() == Label.NORMAL);
        boolean compared = !name.equals(MarkerAnalysis.NORMAL) && !normal.scans().isEmpty() && !own.scans().isEmpty();
        double[] p = compared ? both.p(wanted, options.draws(), Seeds.of(options.seed(), "shuffles of " + name))
                : DoubleStream.generate(() -> 1).limit(to.size()).toArray();
        double[] corrected = MarkerCounts.corrected(Arrays.copyOfRange(p, 1, p.length));
        double[][] rates = own.scans().isEmpty() ? new double[0][]
                : ClusterBootstrap.of(both.scans().stream().map(ScanInfo::group).toList(), options.draws(),
                        Seeds.of(options.seed(), "rates")).vectors(w -> rates(both, wanted, w));
        int n = own.scans().size();
        for (int m = 0; m < to.size(); m++) {
            double perNormal = (double) normal.regions(m) / Math.max(1, normal.scans().size());
            to.get(m).add(new Frequency(name, n, (double) own.scansWith(m) / Math.max(1, n),
                    (double) own.regions(m) / Math.max(1, n),
                    rates.length == 0 ? Optional.empty() : Interval.percentile(rates[m]), perNormal,
                    !compared ? Optional.empty()
                            : Optional
                                    .of((own.regions(m) + 0.5) / n * normal.scans().size() / (normal.regions(m) + 0.5)),
                    !compared ? Optional.empty() : Interval.percentile(rates[to.size() + m]), p[m],
                    m == Markers.NONE ? p[m] : corrected[m - 1]));
        }
    }

    /** Regions per scan of each marker, then their ratios to those of normal scans; NaN where there are no scans. */
    private static double[] rates(MarkerCounts counts, Predicate<ScanInfo> wanted, double[] weights) {
        int markers = counts.counts()[0].length;
        double[] own = new double[markers];
        double[] normal = new double[markers];
        double scans = 0;
        double normals = 0;
        for (int s = 0; s < weights.length; s++) {
            boolean isOwn = wanted.test(counts.scans().get(s));
            if (isOwn) scans += weights[s];
            else normals += weights[s];
            for (int m = 0; m < markers; m++) (isOwn ? own : normal)[m] += weights[s] * counts.counts()[s][m];
        }
        double[] rates = new double[2 * markers];
        for (int m = 0; m < markers; m++) {
            rates[m] = scans == 0 ? Double.NaN : own[m] / scans;
            rates[markers + m] = scans == 0 || normals == 0 ? Double.NaN
                    : (own[m] + 0.5) / scans * normals / (normal[m] + 0.5);
        }
        return rates;
    }
}
