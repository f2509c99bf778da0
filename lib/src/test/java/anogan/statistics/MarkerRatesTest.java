package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.markers.Kinds;
import anogan.patches.ScanInfo;
import anogan.run.Seeds;
import anogan.scans.Label;
import anogan.statistics.Marker.Frequency;
import anogan.statistics.MarkerRates.Rate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Counts for each patient tell what those of each scan do, in whatever order scans come. */
class MarkerRatesTest {
    private static final int MARKERS = 3;
    private static final DiscoverOptions OPTIONS = DiscoverOptions.defaults().withBootstrap(5);

    /** Of 15 patients, some with scans of both kinds. */
    private static MarkerCounts drawn(long seed) {
        Random random = new Random(seed);
        List<ScanInfo> scans = new ArrayList<>();
        List<int[]> counts = new ArrayList<>();
        for (int patient = 10; patient < 25; patient++) for (int s = 0; s < 1 + patient % 4; s++) {
            Label label = random.nextInt(3) > patient % 3 ? Label.NORMAL : Label.ANOMALOUS;
            scans.add(Kinds.scan(patient + "-" + s, "p" + patient, label == Label.NORMAL ? "NORMAL" : "C", label));
            counts.add(random.ints(MARKERS + 1, 0, patient % 5 + 1).toArray());
        }
        return new MarkerCounts(scans, counts.toArray(int[][]::new));
    }

    private static List<Rate> streamed(MarkerCounts all, long seed) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, all.counts().length).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        MarkerRates rates = new MarkerRates(MARKERS);
        for (int s : order)
            rates.add(all.scans().get(s).group(), all.scans().get(s).label() == Label.NORMAL, all.counts()[s]);
        return rates.rates(OPTIONS);
    }

    /** Sums over scans that are drawn with their patients, as {@link Frequency} defines the ratio. */
    @Test
    void patientsCountsAreThoseOfTheirScans() {
        MarkerCounts all = drawn(1);
        ClusterBootstrap bootstrap = ClusterBootstrap.of(all.scans().stream().map(ScanInfo::group).toList(),
                OPTIONS.draws(), Seeds.of(OPTIONS.seed(), "rates"));
        List<Rate> rates = streamed(all, 2);
        double[] once = IntStream.range(0, all.counts().length).mapToDouble(i -> 1).toArray();
        assertEquals(MARKERS + 1, rates.size());
        for (int m = 0; m <= MARKERS; m++) {
            int marker = m;
            ToDoubleFunction<double[]> ratio = weights -> {
                double[] regions = new double[2];
                double[] scans = new double[2];
                for (int s = 0; s < weights.length; s++) {
                    int normal = all.scans().get(s).label() == Label.NORMAL ? 1 : 0;
                    regions[normal] += weights[s] * all.counts()[s][marker];
                    scans[normal] += weights[s];
                }
                return (regions[0] + 0.5) / scans[0] / ((regions[1] + 0.5) / scans[1]);
            };
            Rate rate = rates.get(m);
            assertEquals(ratio.applyAsDouble(once), rate.ratio().orElseThrow(), 1e-12);
            Interval expected = bootstrap.interval(ratio).orElseThrow();
            assertEquals(expected.low(), rate.interval().orElseThrow().low(), 1e-12);
            assertEquals(expected.high(), rate.interval().orElseThrow().high(), 1e-12);
            assertTrue(expected.low() < expected.high());
            assertEquals(List.of((long) all.regions(m), (long) all.scansWith(m), all.groupsWith(m)),
                    List.of(rate.regions(), rate.scans(), rate.patients()));
        }
    }

    @Test
    void anyOrderOfScansIsWhatDiscoverTells() {
        MarkerCounts all = drawn(3);
        assertEquals(streamed(all, 1), streamed(all, 2));
        List<List<Frequency>> discovered = MarkerFrequencies.of(all, OPTIONS);
        List<Rate> rates = streamed(all, 1);
        for (int m = 0; m <= MARKERS; m++) {
            Frequency f = discovered.get(m).get(0);
            Rate r = rates.get(m);
            assertEquals(List.of(f.perScan(), f.range(), f.normal(), f.ratio(), f.interval()),
                    List.of(r.perScan(), r.range(), r.normal(), r.ratio(), r.interval()));
        }
    }

    @Test
    void whatCannotBeToldIsEmpty() {
        assertEquals(List.of(new Rate(0, 0, 0, 0, Optional.empty(), 0, Optional.empty(), Optional.empty())),
                new MarkerRates(0).rates(OPTIONS));
        MarkerRates one = new MarkerRates(1);
        one.add("p", true, new int[] {0, 2});
        one.add("p", false, new int[] {0, 3});
        assertEquals(new Rate(5, 2, 1, 3, Optional.empty(), 2, Optional.of(3.5 / 2.5), Optional.empty()),
                one.rates(OPTIONS).get(1), "one patient tells nothing of others");
        MarkerRates normal = new MarkerRates(1);
        for (String patient : List.of("p", "q")) normal.add(patient, true, new int[] {0, 2});
        assertEquals(Optional.empty(), normal.rates(OPTIONS).get(1).ratio());
        assertEquals(Optional.empty(), normal.rates(OPTIONS).get(1).interval());
    }
}
