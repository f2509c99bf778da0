package anogan.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.UserError;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.patches.ScanInfo;
import anogan.scans.Label;
import anogan.scans.Scans;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhantomScansTest {
    @TempDir
    Path folder;

    @Test
    void whatNobodyAnnotatesIsAnomalousButOfItsPatchesNothingIsKnown() {
        PhantomScans source = new PhantomScans(2, 2, 3, 1, List.of(LesionKind.IRF, LesionKind.HRF),
                Set.of(LesionKind.HRF));
        Patches patches = Patches.prepare(source, PrepareOptions.defaults(32), folder.resolve("patches"));
        Set<String> kinds = patches.scans().stream().filter(s -> s.label() == Label.ANOMALOUS).map(ScanInfo::className)
                .collect(Collectors.toSet());
        assertEquals(Set.of("IRF", "HRF"), kinds);
        for (int scan = 0; scan < patches.scans().size(); scan++) {
            ScanInfo info = patches.scans().get(scan);
            boolean foci = info.className().equals("HRF");
            assertEquals(info.className().equals("IRF"), info.masked());
            assertTrue(patches.grid(scan).stream().allMatch(p -> foci == (p.label() == Label.UNKNOWN)), info.scan());
        }
    }

    @Test
    void eachTestEyeHasAllLesionsIfThereAreTwo() {
        PhantomScans source = new PhantomScans(1, 1, 4, 2, List.of(LesionKind.SRF, LesionKind.HRF), Set.of());
        List<Scans.Listed> listed = source.list(PrepareOptions.defaults(32).split()).scans();
        assertEquals(4 * 2, listed.stream().filter(s -> s.className().equals("SRF")).count());
        assertEquals(4 * 2, listed.stream().filter(s -> s.className().equals("HRF")).count());
    }

    @Test
    void testEyesMayBeFewerThanAQuarter() {
        PhantomScans drawn = PhantomScans.of(40, 1).withTestEyes(3);
        assertEquals(List.of(40, 3, 3), List.of(drawn.trainEyes(), drawn.validationEyes(), drawn.testEyes()));
        assertThrows(UserError.class, () -> drawn.withTestEyes(0));
    }

    @Test
    void wrongLesionsAreNamed() {
        assertThrows(UserError.class, () -> PhantomScans.of(4, 1).with(List.of(), Set.of()));
        UserError e = assertThrows(UserError.class,
                () -> PhantomScans.of(4, 1).with(List.of(LesionKind.IRF), Set.of(LesionKind.HRF)));
        assertTrue(e.getMessage().contains("HRF"), e.getMessage());
    }
}
