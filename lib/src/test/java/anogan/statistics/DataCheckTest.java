package anogan.statistics;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import anogan.scans.Gaussian;
import anogan.scans.GrayImage;
import anogan.scans.Layout;
import anogan.scans.Scans;
import anogan.scans.SplitOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data set with known faults: each is found, and nothing else is. */
class DataCheckTest {
    private static final SplitOptions OPTIONS = SplitOptions.defaults();
    private static final Path FORMATS = Path.of("src/test/resources/formats");
    private static final Path OCTDL = Path.of("../../shared/data/octdl");
    @TempDir
    Path folder;

    /** Five normal patients and two with fluid, two scans each, all different and alike in noise and size. */
    @BeforeEach
    void writeScans() {
        for (int i = 0; i < 14; i++) write(scan(i, 5), i < 10 ? "NORMAL" : "DME", "p" + i / 2 + "-" + i);
    }

    /** Soft blobs in a place of their own, with noise of a strength. */
    private static GrayImage scan(int seed, double noise) {
        Random random = new Random(seed);
        GrayImage white = GrayImage.black(96, 128);
        for (int i = 0; i < white.pixels().length; i++) white.pixels()[i] = (float) random.nextGaussian();
        float[] soft = Gaussian.blur(white.pixels(), 96, 128, 6, 6);
        for (int i = 0; i < soft.length; i++) soft[i] = (float) (120 + 600 * soft[i] + noise * random.nextGaussian());
        return new GrayImage(96, 128, soft);
    }

    private void write(GrayImage image, String className, String patientAndNumber) {
        image.writePng(folder.resolve(className + "/" + className + "-" + patientAndNumber + ".png"));
    }

    private DataCheck check() {
        return DataCheck.of(Scans.folder(folder), OPTIONS);
    }

    @Test
    void aCleanDataSetHasNoComplaints() {
        DataCheck check = check();
        assertEquals(14, check.scans());
        assertEquals(List.of("DME anomalous 4 2", "NORMAL normal 10 5"), check.classes().stream()
                .map(c -> c.name() + " " + c.label().word() + " " + c.scans() + " " + c.groups()).toList());
        assertEquals(new DataCheck.Range(128, 128, 128), check.classes().get(0).width());
        // white noise less its blur: √(1 − 2·0.159 + 0.080) of its deviation is left
        assertEquals(5 * 0.873, check.classes().get(0).noise().median(), 0.2);
        assertEquals(List.of(), check.copies());
        assertEquals(List.of(), check.like().orElseThrow());
        assertFalse(check.confounds().stream().anyMatch(c -> c.property().equals("width") && c.suspicious()));
        assertEquals(0.5, check.confounds().stream().filter(c -> c.property().equals("width")).findFirst().orElseThrow()
                .auroc().value());
    }

    @Test
    void copiesAreFoundAcrossPatientsAndSplits() {
        write(scan(0, 5), "NORMAL", "p0-again");       // the same patient
        write(scan(2, 5), "DME", "other-1");           // another patient, and tested while the first may be trained on
        GrayImage near = scan(13, 5).resize(72, 96);
        for (int i = 0; i < near.pixels().length; i++) near.pixels()[i] = near.pixels()[i] * 0.9f + 12;
        write(near, "NORMAL", "p9-1");
        DataCheck check = check();
        assertEquals(List.of(false, true), check.copies().stream().map(DataCheck.Pair::acrossGroups).sorted().toList());
        assertEquals(1, check.like().orElseThrow().size(), check.like().toString());
        DataCheck.Pair like = check.like().orElseThrow().get(0);
        assertTrue(like.acrossGroups() && like.first().contains("DME-p6-13") && like.second().contains("NORMAL-p9-1"),
                like.toString());
        String text = DataCheckText.of(check);
        assertTrue(text.contains("equal scans: 2, of them of different patients: 1")
                && text.contains("Beware: patients who share a scan"), text);
    }

    @Test
    void noiseThatTellsClassesApartIsSuspicious() {
        for (int i = 20; i < 40; i++) write(scan(i, 5), "NORMAL", "q" + i + "-0");
        for (int i = 40; i < 60; i++) write(scan(i, 9), "DRUSEN", "r" + i + "-0");
        DataCheck check = check();
        DataCheck.Confound noise = check.confounds().stream()
                .filter(c -> c.property().equals("noise") && c.className().equals("DRUSEN")).findFirst().orElseThrow();
        assertTrue(noise.suspicious() && noise.auroc().value() > 0.99, noise.toString());
        assertTrue(DataCheckText.of(check).contains("Beware: noise alone tells DRUSEN from normal (AUROC 1.00"),
                DataCheckText.of(check));
        assertFalse(check.confounds().stream().anyMatch(c -> c.property().equals("height") && c.suspicious()));
    }

    @Test
    void whatCannotBeReadIsCounted() throws IOException {
        Files.writeString(folder.resolve("DME/DME-p6-77.png"), "no picture");
        DataCheck check = check();
        assertEquals(14, check.scans());
        assertEquals(List.of("DME/DME-p6-77.png"), check.skipped().stream().map(s -> s.file()).toList());
        assertTrue(DataCheckText.of(check).contains("14 scans, 1 left out: 1 not readable\n"));
        assertTrue(DataCheckText.of(check).contains("Left out: DME/DME-p6-77.png: Cannot read the image"));
        Files.createDirectories(folder.resolve("e/NORMAL"));
        for (int i = 0; i < 3; i++) Files.writeString(folder.resolve("e/NORMAL/NORMAL-" + i + "-1.png"), "");
        assertFails(() -> DataCheck.of(Scans.folder(folder.resolve("e")), OPTIONS), "None of 3 scans can be read");
    }

    /** Whoever looks at a data set is told what is in it, also if nobody could learn from it yet; and what is amiss. */
    @Test
    void whatCannotBeSplitIsLookedAtAllTheSame() throws IOException {
        SplitOptions others = SplitOptions.defaults().withNormalClasses(List.of("HEALTHY"));
        DataCheck unknown = DataCheck.of(Scans.folder(folder), others);
        assertEquals(14, unknown.scans());
        assertTrue(DataCheckText.of(unknown).contains("Beware: " + folder
                + " has no normal scans. Its folders are, from the top: DME, NORMAL. Name those that hold scans of"));
        Files.writeString(folder.resolve("t.csv"),
                "path,class,patient\nNORMAL/NORMAL-p0-0.png,NORMAL,a\nDME/DME-p5-10.png,DME,b\n");
        DataCheck few = DataCheck.of(Scans.of(Layout.manifest, folder.resolve("t.csv")), OPTIONS);
        assertEquals(2, few.classes().size());
        assertTrue(few.doubts().get(0).startsWith("Only 1 group (patients) with nothing but normal scans"),
                few.doubts().toString());
    }

    /** Names of files do not steer the terminal. */
    @Test
    void namesAreShownWithoutControlCharacters() {
        write(scan(99, 5), "\u001b[31mRED\nX", "p9-1");
        String text = DataCheckText.of(check());
        assertFalse(text.contains("\u001b") || text.contains("RED\nX"), text);
    }

    @Test
    void oneFileIsLookedAt() {
        DataCheck check = DataCheck.of(Scans.file(FORMATS.resolve("bscans.vol")), OPTIONS);
        assertEquals(3, check.scans());
        assertEquals(new DataCheck.Range(10, 10, 10), check.classes().get(0).width());
        assertTrue(check.like().isEmpty(), "pictures of 10 x 8 pixels are not compared");
        assertEquals(List.of(), check.confounds());
        assertTrue(DataCheckText.of(check).contains("3 scans, 0 left out"));
        assertFails(() -> DataCheck.of(Scans.file(FORMATS.resolve("none.tif")), OPTIONS), "none.tif",
                "there is no such file");
    }

    @Test
    void layoutsAreKnownBySight() throws IOException {
        assertEquals(Layout.folder, Layout.guess(folder));
        assertEquals(Layout.idx, Layout.guess(FORMATS));
        assertEquals(Layout.medmnist, Layout.guess(FORMATS.resolve("medmnist.npz")));
        assertEquals(Layout.manifest, Layout.guess(folder.resolve("a.csv")));
        scan(1, 1).writePng(folder.resolve("x/train/good/0.png"));
        assertEquals(Layout.bmad, Layout.guess(folder.resolve("x")));
        scan(1, 1).writePng(folder.resolve("x/ground_truth/scratch/0_mask.png"));
        assertEquals(Layout.mvtec, Layout.guess(folder.resolve("x")));
        assertFails(() -> Layout.guess(folder.resolve("none")), "There is no folder or archive");
    }

    /**
     * Its README says that near copies across patient numbers were dropped, and that noise tells abnormal from normal.
     */
    @Test
    void octdlIsAsItsReadmeSays() {
        assumeTrue(Files.isDirectory(OCTDL), OCTDL + " is not there");
        DataCheck check = DataCheck.of(Scans.of(Layout.octdl, OCTDL), OPTIONS);
        assertEquals(650, check.scans() + check.skipped().size());
        assertEquals(0, check.copies().stream().filter(DataCheck.Pair::acrossGroups).count());
        assertEquals(List.of(), check.like().orElseThrow().stream().filter(DataCheck.Pair::acrossGroups).toList());
        assertTrue(check.confounds().stream()
                .filter(c -> c.property().equals("noise") && c.className().equals("every class")).findFirst()
                .orElseThrow().auroc().value() > 0.6);
    }
}
