package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.markers.Kinds;
import anogan.markers.RegionRow;
import anogan.patches.ScanInfo;
import anogan.scans.Label;
import anogan.scans.Split;
import anogan.scoring.Aggregate;
import anogan.scoring.Score;
import anogan.statistics.Marker.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Markers of regions whose kinds are known, because they were drawn. */
class MarkerAnalysisTest {
    private static final DiscoverOptions OPTIONS = new DiscoverOptions(0, 6, 10, 0.05, 1);
    @TempDir
    Path folder;

    private static List<ScanInfo> scans(String className, int from, int n) {
        return IntStream.range(from, from + n).mapToObj(i -> Kinds.scan(className + i, "g" + i, className,
                className.equals("NORMAL") ? Label.NORMAL : Label.ANOMALOUS)).toList();
    }

    private static final List<ScanInfo> NORMAL = scans("NORMAL", 0, 12);
    private static final List<ScanInfo> CYSTS = scans("CYSTS", 12, 12);
    private static final List<ScanInfo> FOCI = scans("FOCI", 24, 12);
    private static final List<ScanInfo> ALL = Stream.of(NORMAL, CYSTS, FOCI).flatMap(List::stream).toList();

    /** Kind 1 in all scans, as a vessel's shadow; kind 2 in cysts, 3 in foci. */
    private static List<RegionRow> rows(boolean withFoci, long seed) {
        List<RegionRow> rows = new ArrayList<>(Kinds.regions(ALL, List.of(1), 0.5, seed));
        rows.addAll(Kinds.regions(CYSTS, List.of(2), 0.5, seed + 1));
        if (withFoci) rows.addAll(Kinds.regions(FOCI, List.of(3), 0.5, seed + 2));
        return rows;
    }

    @Test
    void kindsAreFoundWithoutALabelAndToldFromArtefacts() {
        MarkerAnalysis found = MarkerAnalysis.discover(ALL, rows(true, 1), true, OPTIONS);
        assertEquals(3, found.markers().count(), found.toString());
        assertEquals(List.of(Kind.ARTEFACT, Kind.CANDIDATE, Kind.CANDIDATE),
                found.found().subList(0, 3).stream().map(Marker::kind).toList(), found.toString());
        Marker shadows = found.found().get(0);
        assertTrue(shadows.stability() > 0.95 && shadows.regions() > 65, found.toString());
        assertEquals(1, shadows.overall().ratio().orElseThrow(), 0.1);
        for (Marker m : found.candidates()) {
            assertEquals(0, m.overall().normal());
            assertTrue(m.overall().corrected() < 0.03 && m.overall().interval().orElseThrow().low() > 5,
                    found.toString());
            assertEquals(1,
                    m.classes().stream().filter(f -> !f.className().startsWith("all") && f.perScan() > 0).count(),
                    "one class has it");
        }
        assertTrue(found.splitHalf().orElseThrow() > 0.95);
        assertTrue(found.diagnosis().get(0).accuracy() > 0.9, "each class has a marker of its own");
    }

    /**
     * Markers tell the classes, A tells one from the others: together they have more than A, and A no more than 2/3.
     */
    @Test
    void markersAreSetBesideA() {
        List<RegionRow> rows = rows(true, 1);
        double[] a = ALL.stream().mapToDouble(s -> s.className().equals("NORMAL") ? 1 : 2).toArray();
        ScoreTable table = new ScoreTable(ALL.stream()
                .map(s -> new ScoreTable.Case(s.scan(), s.group(), s.className(), Split.TEST, s.label(), 0, 0))
                .toList(), Map.of(Score.A.of(Aggregate.MEAN), a));
        List<MarkerDiagnosis> told = MarkerAnalysis.discover(ALL, rows, true, OPTIONS).beside(table, ALL, rows)
                .diagnosis();
        assertEquals(List.of("markers", "mean A(x)", "markers and mean A(x)"),
                told.stream().map(MarkerDiagnosis::by).toList(), "thickness is not known");
        assertEquals(2 / 3.0, told.get(1).accuracy(), 1e-9, "one of two classes alike is told right");
        assertTrue(told.get(2).accuracy() > 0.9, told.toString());
        Interval lead = told.get(2).lead().orElseThrow();
        assertTrue(lead.low() > 0.15 && lead.high() < 0.45, lead.toString());
        assertTrue(told.get(0).lead().isEmpty() && told.get(1).lead().isEmpty());
    }

    @Test
    void aKindThatIsLeftOutDoesNotAppear() {
        MarkerAnalysis found = MarkerAnalysis.discover(ALL, rows(false, 1), true, OPTIONS);
        assertEquals(2, found.markers().count(), found.toString());
        assertEquals(1, found.candidates().size(), found.toString());
        assertTrue(found.candidates().get(0).classes().stream()
                .noneMatch(f -> f.className().equals("FOCI") && f.perScan() > 0));
    }

    @Test
    void frozenMarkersAreTheSameOnOtherPatients() {
        MarkerAnalysis found = MarkerAnalysis.discover(ALL, rows(true, 1), true, OPTIONS);
        MarkerAnalysis again = found.confirm(ALL, rows(true, 50), true);
        assertEquals(found.markers(), again.markers());
        assertEquals(List.of(Kind.ARTEFACT, Kind.CANDIDATE, Kind.CANDIDATE),
                again.found().subList(0, 3).stream().map(Marker::kind).toList(), again.toString());
        assertEquals(found.found().get(0).regions(), again.found().get(0).regions(), 6);
    }

    @Test
    void whatWasWrittenIsRead() throws Exception {
        MarkerAnalysis found = MarkerAnalysis.discover(ALL, rows(true, 1), true, OPTIONS);
        found.write(folder);
        MarkerAnalysis read = MarkerAnalysis.read(folder);
        assertEquals(found.found(), read.found());
        assertEquals(found.markers(), read.markers());
        assertEquals(1 + 4, Files.readAllLines(folder.resolve("markers.csv")).size());
        assertEquals(1 + 4 * 4, Files.readAllLines(folder.resolve("marker_classes.csv")).size());
        assertEquals(found.toString(), MarkerAnalysis.discover(ALL, rows(true, 1), true, OPTIONS).toString());
    }

    @Test
    void withoutNormalScansNothingIsCompared() {
        MarkerAnalysis found = MarkerAnalysis.discover(CYSTS, Kinds.regions(CYSTS, List.of(1, 2), 0.5, 1), true,
                OPTIONS);
        assertEquals(2, found.markers().count());
        assertTrue(found.found().stream().allMatch(m -> m.kind() == Kind.OPEN && m.overall().ratio().isEmpty()));
        assertFalse(found.toString().contains("NaN"), found.toString());
    }

    @Test
    void fewRegionsAreListedAndNotSorted() {
        MarkerAnalysis found = MarkerAnalysis.discover(ALL, rows(true, 1).subList(0, 5), true, OPTIONS);
        assertEquals(0, found.markers().count());
        assertEquals(5, found.found().get(0).regions());
        assertTrue(found.toString().contains("too few regions"), found.toString());
        assertEquals(0, MarkerAnalysis.discover(ALL, List.of(), true, OPTIONS).found().get(0).regions());
    }

    /** 3 of 4 and 2 of 3 on paper: clusters {0,1,2} and {3,4} found again as {0,1,2,3} and {4}. */
    @Test
    void jaccard() {
        int[] own = {0, 0, 0, 1, 1};
        int[] other = {1, 1, 1, 1, 0};
        assertArrayEquals(new double[] {3 / 4.0, 1 / 2.0},
                MarkerStability.jaccard(own, other, new double[] {1, 1, 1, 1, 1}, 2), 1e-12);
        assertArrayEquals(new double[] {2 / 2.0, 1},
                MarkerStability.jaccard(own, other, new double[] {1, 2, 0, 0, 1}, 2), 1e-12,
                "what was not drawn does not count");
    }
}
