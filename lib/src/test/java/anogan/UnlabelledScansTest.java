package anogan;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.TrainOptions;
import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.mapping.MappingOptions;
import anogan.networks.Architecture;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.patches.ScanInfo;
import anogan.phantom.Phantom;
import anogan.scans.Label;
import anogan.scans.Layout;
import anogan.scans.Scans;
import anogan.scans.Split;
import anogan.statistics.AnalysisOptions;
import anogan.visuals.FiguresOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Healthy scans and such that nobody has judged: what a clinic has before anybody has looked for disease. */
class UnlabelledScansTest {
    private static final TrainOptions TRAINING = TrainOptions.defaults().withBatch(4).withSteps(2);
    private static final Architecture SMALL = Architecture.defaults().withSize(32).withLatent(8).withWidth(0.0625);

    @TempDir
    Path folder;

    private void write(String className, int from, int eyes) {
        for (int eye = from; eye < from + eyes; eye++) Phantom.draw(1, eye, 0).image()
                .writePng(folder.resolve("scans").resolve(className).resolve("x-p" + eye + "-1.png"));
    }

    private Patches prepare() {
        return Patches.prepare(Scans.folder(folder.resolve("scans")), PrepareOptions.defaults(32),
                folder.resolve("patches"));
    }

    private static Set<Label> labels(Patches patches, String className) {
        return patches.scans().stream().filter(s -> s.className().equals(className)).map(ScanInfo::label)
                .collect(Collectors.toSet());
    }

    @Test
    void whatNobodyHasJudgedIsNeitherNormalNorAnomalous() {
        write("NORMAL", 0, 5);
        for (String name : List.of("UNKNOWN", "unlabelled", "Unlabeled")) write(name, 10 + name.length(), 1);
        write("DME", 30, 1);
        Patches patches = prepare();
        for (String name : List.of("UNKNOWN", "unlabelled", "Unlabeled")) {
            assertEquals(Set.of(Label.UNKNOWN), labels(patches, name));
            patches.scans().stream().filter(s -> s.className().equals(name))
                    .forEach(s -> assertEquals(Split.TEST, s.split()));
        }
        assertEquals(Set.of(Label.ANOMALOUS), labels(patches, "DME"));
        for (int scan = 0; scan < patches.scans().size(); scan++) {
            Label own = patches.scans().get(scan).label();
            if (own == Label.UNKNOWN) patches.grid(scan).forEach(p -> assertEquals(Label.UNKNOWN, p.label()));
        }
    }

    /** Everything but what needs a label is there: scores, maps, the ranked list with its threshold, the report. */
    @Test
    void aRunWithoutAnyAnomalousScanRanksAndFlags() throws IOException {
        write("NORMAL", 0, 9);
        write("UNLABELLED", 20, 3);
        Experiment run = ran();
        List<Csv.Row> ranked = Csv.read(run.folder().file("ranked.csv"), "rank", "scan", "score", "percentile",
                "p_value", "flagged", "confidence", "label");
        assertEquals(3, ranked.stream().filter(r -> r.get("label").isEmpty()).count(), "none is counted as anomalous");
        double last = Double.POSITIVE_INFINITY;
        for (int i = 0; i < ranked.size(); i++) {
            Csv.Row row = ranked.get(i);
            assertEquals(i + 1, Integer.parseInt(row.get("rank")));
            double score = Double.parseDouble(row.get("score"));
            assertTrue(score <= last);
            last = score;
            assertEquals(row.get("percentile").equals("100.0"), row.get("flagged").equals("1"),
                    "one validation normal: above it is above all of them");
            assertEquals(row.get("flagged").equals("1") ? 0.5 : 1, Double.parseDouble(row.get("p_value")));
            assertTrue(Double.parseDouble(row.get("confidence")) > 0.5);
        }
        String said = run.analyze(AnalysisOptions.defaults().withBootstrap(100)).toString();
        assertTrue(said.startsWith("Test scans, the most unusual first\nrank "), said);
        assertTrue(said.contains("With 1 validation normal no threshold below 50 % can be promised"), said);
        assertTrue(said.contains("no test cases of both kinds"), said);
        String report = Files.readString(run.report(FiguresOptions.defaults()).report());
        assertTrue(report.indexOf("Scans, the most unusual first") < report.indexOf("What the numbers rest on"));
        assertTrue(report.contains("UNLABELLED") && report.contains("no test scans of both kinds"), report);
        assertFalse(report.replaceAll("base64,[^\"]*", "").contains("NaN"), report);
        assertFalse(report.contains("among the anomalous test scans"), "none is");
    }

    @Test
    void aRunOfNormalScansAloneIsOneToo() throws IOException {
        write("NORMAL", 0, 9);
        Experiment run = ran();
        assertTrue(Files.size(run.report(FiguresOptions.defaults()).report()) > 10_000);
        assertTrue(Files.readString(run.folder().file("ranked.csv")).contains(",0,"));
    }

    @Test
    void nothingCanBeLearnedFromUnlabelledScans() {
        write("UNKNOWN", 0, 9);
        assertFails(this::prepare, "nothing but scans that nobody has judged (UNKNOWN)", "beside them");
        Path table = folder.resolve("table.csv");
        AtomicFiles.writeString(table, "path,class,patient\nscans/UNKNOWN/x-p0-1.png,unknown,p0\n");
        assertFails(() -> Patches.prepare(Scans.of(Layout.manifest, table), PrepareOptions.defaults(32),
                folder.resolve("patches")), "nothing but scans that nobody has judged (unknown)");
    }

    @Test
    void picturesWithoutAClassAreToldWhereToGo() {
        Phantom.draw(1, 0, 0).image().writePng(folder.resolve("scans/visit1.png"));
        assertFails(this::prepare, "1 without a class", "UNLABELLED/NAME.png, beside the normal ones");
    }

    private Experiment ran() {
        Experiment run = Experiment.at(folder.resolve("run"));
        run.train(prepare(), SMALL, TRAINING);
        run.map(MappingOptions.defaults().withSteps(2));
        run.analyze(AnalysisOptions.defaults().withBootstrap(100));
        return run;
    }
}
