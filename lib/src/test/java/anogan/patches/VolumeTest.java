package anogan.patches;

import static org.junit.jupiter.api.Assertions.assertEquals;

import anogan.scans.Label;
import anogan.scans.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VolumeTest {
    private static Volume volume(Label... labels) {
        List<ScanInfo> slices = new ArrayList<>();
        for (Label label : labels) {
            slices.add(
                    new ScanInfo("v-s" + slices.size(), "p", label == Label.NORMAL ? "NORMAL" : "CNV " + slices.size(),
                            Split.TEST, label, false, 8, 8, 1, Map.of()));
        }
        return new Volume("v", slices);
    }

    /** A lesion is seldom on a volume's first slice. */
    @Test
    void oneAnomalousSliceMakesAVolumeAnomalous() {
        assertEquals(Label.ANOMALOUS, volume(Label.NORMAL, Label.UNKNOWN, Label.ANOMALOUS, Label.NORMAL).label());
        assertEquals("CNV 2", volume(Label.NORMAL, Label.UNKNOWN, Label.ANOMALOUS, Label.NORMAL).className());
    }

    @Test
    void withoutOneASliceThatNobodyKnowsMakesItUnknown() {
        assertEquals(Label.UNKNOWN, volume(Label.NORMAL, Label.UNKNOWN, Label.NORMAL).label());
        assertEquals(Label.NORMAL, volume(Label.NORMAL, Label.NORMAL).label());
        assertEquals("NORMAL", volume(Label.NORMAL, Label.NORMAL).className());
    }
}
