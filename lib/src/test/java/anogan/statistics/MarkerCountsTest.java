package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.markers.Kinds;
import anogan.patches.ScanInfo;
import anogan.scans.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Shuffles against all that there are, corrections against the published example, and chance against its rate. */
class MarkerCountsTest {
    private static MarkerCounts counts(List<ScanInfo> scans, int... ofMarker) {
        return new MarkerCounts(scans, Arrays.stream(ofMarker).mapToObj(n -> new int[] {0, n}).toArray(int[][]::new));
    }

    private static double p(MarkerCounts counts) {
        return counts.p(s -> s.label() == Label.ANOMALOUS, 20_000, 1)[1];
    }

    /** Of four patients two are anomalous and have all regions: one choice in six does as much. */
    @Test
    void patientsAreShuffled() {
        List<ScanInfo> scans = new ArrayList<>();
        for (int i = 0; i < 4; i++)
            scans.add(Kinds.scan("s" + i, "g" + i, "C", i < 2 ? Label.ANOMALOUS : Label.NORMAL));
        assertEquals(1 / 6.0, p(counts(scans, 3, 3, 0, 0)), 0.01);
        assertEquals(1, p(counts(scans, 1, 1, 1, 1)), 1e-9);
        assertEquals(1, p(counts(scans, 0, 0, 3, 3)), 1e-9, "fewer is no lead");
    }

    /** Two scans each make one patient no two: of two patients and their eight scans, one choice in two. */
    @Test
    void aPatientsScansStayTogether() {
        List<ScanInfo> scans = new ArrayList<>();
        for (int i = 0; i < 8; i++)
            scans.add(Kinds.scan("s" + i, i < 4 ? "a" : "b", "C", i < 4 ? Label.ANOMALOUS : Label.NORMAL));
        assertEquals(0.5, p(counts(scans, 3, 3, 3, 3, 0, 0, 0, 0)), 0.02);
    }

    /** Both labels in each patient: shuffled within, so that one choice in 2·2·2 does as much. */
    @Test
    void labelsWithinAPatient() {
        List<ScanInfo> scans = new ArrayList<>();
        for (int i = 0; i < 6; i++)
            scans.add(Kinds.scan("s" + i, "g" + i / 2, "C", i % 2 == 0 ? Label.ANOMALOUS : Label.NORMAL));
        assertEquals(1 / 8.0, p(counts(scans, 2, 0, 2, 0, 2, 0)), 0.01);
    }

    /** The fifteen p values of Benjamini and Hochberg (1995), section 4: four are rejected at 5 %. */
    @Test
    void correctionIsThePublishedOne() {
        double[] p = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
                0.6528, 0.7590, 1.0000};
        double[] q = MarkerCounts.corrected(p);
        assertEquals(4, Arrays.stream(q).filter(v -> v <= 0.05).count());
        assertEquals(0.0095 * 15 / 4, q[3], 1e-12);
        assertArrayEquals(new double[] {0.0015, 0.003, 0.0095}, Arrays.copyOf(q, 3), 1e-12);
        assertEquals(1, q[14]);
    }

    /** Where labels mean nothing, markers are found at the rate that is asked for, and not more often. */
    @Test
    void shuffledLabelsGiveNoMarker() {
        int found = 0;
        for (int shuffle = 0; shuffle < 200; shuffle++) {
            Random random = new Random(shuffle);
            List<ScanInfo> scans = new ArrayList<>();
            List<int[]> counts = new ArrayList<>();
            for (int g = 0; g < 24; g++) {
                double usual = random.nextDouble() * 3;
                Label label = random.nextBoolean() ? Label.ANOMALOUS : Label.NORMAL;
                for (int s = 0; s < 2; s++) {
                    scans.add(Kinds.scan(g + "-" + s, "g" + g, "C", label));
                    int[] row = new int[7];
                    for (int m = 1; m < row.length; m++) row[m] = (int) (usual * random.nextDouble() * m);
                    counts.add(row);
                }
            }
            double[] p = new MarkerCounts(scans, counts.toArray(int[][]::new)).p(s -> s.label() == Label.ANOMALOUS, 400,
                    shuffle);
            double[] q = MarkerCounts.corrected(Arrays.copyOfRange(p, 1, p.length));
            if (Arrays.stream(q).anyMatch(v -> v <= 0.05)) found++;
        }
        assertTrue(found <= 200 * 0.05 + 3 * Math.sqrt(200 * 0.05 * 0.95), found + " of 200");
        assertTrue(found > 0, "and it is no test that never finds anything");
    }
}
