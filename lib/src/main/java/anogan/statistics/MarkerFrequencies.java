package anogan.statistics;

import anogan.markers.Markers;
import anogan.patches.ScanInfo;
import anogan.run.Seeds;
import anogan.scans.Label;
import anogan.statistics.Marker.Frequency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        int n = own.scans().size();
        boolean compared = n > 0 && n < both.scans().size();
        double[] p = compared ? both.p(wanted, options.draws(), Seeds.of(options.seed(), "shuffles of " + name))
                : DoubleStream.generate(() -> 1).limit(to.size()).toArray();
        double[] corrected = MarkerCounts.corrected(Arrays.copyOfRange(p, 1, p.length));
        List<MarkerRates.Rate> rates = MarkerRates.of(both, to.size() - 1, wanted).rates(options);
        for (int m = 0; m < to.size(); m++) {
            MarkerRates.Rate rate = rates.get(m);
            to.get(m)
                    .add(new Frequency(name, n, (double) own.scansWith(m) / Math.max(1, n), rate.perScan(),
                            rate.range(), name.equals(MarkerAnalysis.NORMAL) ? rate.perScan() : rate.normal(),
                            rate.ratio(), rate.interval(), p[m], m == Markers.NONE ? p[m] : corrected[m - 1]));
        }
    }
}
