package anogan.patches;

import static anogan.Sentences.assertFails;
import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.Csv;
import anogan.io.Fingerprint;
import anogan.io.FloatArray;
import anogan.phantom.LesionKind;
import anogan.phantom.Phantom;
import anogan.scans.GrayImage;
import anogan.scans.Label;
import anogan.scans.Layout;
import anogan.scans.Scans;
import anogan.scans.Skipped;
import anogan.scans.Split;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From pictures in folders to a prepared folder and back out of it, with everything that can be wrong with pictures and
 * folders.
 */
class PreparationTest {
    private static final PrepareOptions OPTIONS = PrepareOptions.defaults(32);

    @TempDir
    static Path drawn;
    @TempDir
    Path folder;
    private Path scans;
    private Path out;

    /**
     * Six healthy patients with two scans each, one with drusen (masked) who has a healthy scan too, one with fluid
     * (not masked).
     */
    @BeforeAll
    static void draw() {
        Path scans = drawn;
        for (int eye = 0; eye < 6; eye++) {
            for (int i = 0; i < 2; i++)
                Phantom.draw(1, eye, i).image().writePng(scans.resolve("NORMAL/NORMAL-p" + eye + "-" + i + ".png"));
        }
        Phantom.draw(1, 6, 0).image().writePng(scans.resolve("NORMAL/NORMAL-p6-0.png"));
        Phantom.Scan drusen = Phantom.draw(1, 6, 0, LesionKind.DRUSEN);
        drusen.image().writePng(scans.resolve("DRUSEN/DRUSEN-p6-1.png"));
        mask(drusen).writePng(scans.resolve("masks/DRUSEN/DRUSEN-p6-1_mask.png"));
        Phantom.draw(1, 7, 0, LesionKind.SRF).image().writePng(scans.resolve("SRF/SRF-p7-1.png"));
    }

    /** Each test has copies of its own, to do with as it likes. */
    @BeforeEach
    void copyScans() throws IOException {
        scans = folder.resolve("scans");
        out = folder.resolve("patches");
        try (Stream<Path> all = Files.walk(drawn)) {
            for (Path p : all.filter(Files::isRegularFile).toList()) {
                Path copy = scans.resolve(drawn.relativize(p).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(p, copy);
            }
        }
    }

    private static GrayImage mask(Phantom.Scan scan) {
        GrayImage mask = GrayImage.black(scan.image().height(), scan.image().width());
        for (int i = 0; i < scan.mask().length; i++) mask.pixels()[i] = scan.mask()[i] ? 255 : 0;
        return mask;
    }

    private Patches prepare() {
        return Patches.prepare(Scans.folder(scans), OPTIONS, out);
    }

    @Test
    void everyScanIsThereOnceAndNoPatientIsInTwoSplits() {
        Patches patches = prepare();
        assertEquals(15, patches.scans().size());
        assertEquals(List.of(), patches.manifest().skipped());
        Map<String, Set<Split>> splits = patches.scans().stream().collect(
                Collectors.groupingBy(ScanInfo::group, Collectors.mapping(ScanInfo::split, Collectors.toSet())));
        splits.forEach((group, in) -> assertEquals(1, in.size(), group + " is in " + in));
        assertEquals(Set.of(Split.TEST), splits.get("p6"),
                "the healthy scan of a patient with a lesion is not trained on");
        for (Split s : Split.values()) assertFalse(patches.scans(s).isEmpty());
        for (int i : patches.scans(Split.TRAIN)) assertTrue(patches.scans().get(i).normal());
        assertEquals(15, patches.manifest().counts().stream().mapToInt(Patches.Count::scans).sum());
    }

    @Test
    void aPatchIsAPieceOfItsStrip() {
        Patches patches = prepare();
        float[] strip = patches.strip(3);
        float[] patch = new float[5 + 32 * 32];
        float[] mirrored = new float[32 * 32];
        patches.copyPatch(3, 0, 77, false, patch, 5);
        patches.copyPatch(3, 0, 77, true, mirrored, 0);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                assertEquals(strip[y * 256 + 77 + x] / 127.5f - 1, patch[5 + y * 32 + x], 1e-6);
                assertEquals(patch[5 + y * 32 + x], mirrored[y * 32 + 31 - x]);
            }
        }
        List<Patch> grid = patches.grid(3);
        assertEquals(15, grid.size());
        assertEquals(256 - 32, grid.get(14).column());
    }

    /**
     * anomalous if at least one annotated pixel is inside, normal if none or the scan is normal, unknown without a
     * mask.
     */
    @Test
    void labelsFollowTheMask() {
        Patches patches = prepare();
        int drusen = index(patches, "DRUSEN-p6-1");
        boolean[] mask = patches.mask(drusen);
        int positives = 0;
        for (Patch p : patches.grid(drusen)) {
            boolean any = false;
            for (int y = 0; y < 32; y++) for (int x = 0; x < 32; x++) any |= mask[y * 256 + p.column() + x];
            assertEquals(any ? Label.ANOMALOUS : Label.NORMAL, p.label());
            if (any) positives++;
        }
        assertTrue(positives > 0 && positives < 15, positives + " of 15");
        for (Patch p : patches.grid(index(patches, "SRF-p7-1"))) assertEquals(Label.UNKNOWN, p.label());
        for (Patch p : patches.grid(index(patches, "NORMAL-p6-0"))) assertEquals(Label.NORMAL, p.label());
    }

    /**
     * What a strip says about a place, the scan's own pixels say of the same place: the mask, brought back, is the mask
     * that was given.
     */
    @Test
    void theMaskComesBackToItsPlace() {
        Patches patches = prepare();
        int drusen = index(patches, "DRUSEN-p6-1");
        boolean[] strip = patches.mask(drusen);
        float[] values = new float[strip.length];
        for (int i = 0; i < values.length; i++) values[i] = strip[i] ? 1 : 0;
        FloatArray back = patches.unflatten(drusen, values);
        assertArrayEquals(new int[] {187, 512}, back.shape());
        boolean[] own = patches.scanMask(drusen);
        int both = 0;
        int either = 0;
        for (int i = 0; i < own.length; i++) {
            boolean found = back.data()[i] > 0.5f;
            if (own[i] && found) both++;
            if (own[i] || found) either++;
        }
        assertTrue(both > 0.5 * either, "the masks share " + both + " of " + either + " pixels");
        assertArrayEquals(Phantom.draw(1, 6, 0, LesionKind.DRUSEN).image().pixels(),
                patches.scanImage(drusen).pixels());
        boolean[] retina = patches.scanRetina(drusen);
        int inside = 0;
        for (int i = 0; i < own.length; i++) if (own[i] && retina[i]) inside++;
        assertTrue(inside > 0, "drusen lie between ILM and Bruch's membrane");
    }

    @Test
    void whatCannotBeReadIsNamedAndLeftOut() throws IOException {
        Files.writeString(scans.resolve("NORMAL/NORMAL-p0-7.png"), "not a picture");
        GrayImage.black(10, 12).writePng(scans.resolve("SRF/SRF-p9-1.png"));
        GrayImage.black(5, 5).writePng(scans.resolve("masks/SRF/SRF-p7-1_mask.png"));
        Files.writeString(scans.resolve("NORMAL/notes.txt"), "of no interest");
        Patches patches = prepare();
        Map<String, String> skipped = patches.manifest().skipped().stream()
                .collect(Collectors.toMap(Skipped::file, Skipped::reason));
        List<Csv.Row> table = Csv.read(patches.path().resolve("skipped.csv"), "file", "kind", "reason");
        assertEquals(skipped,
                table.stream().collect(Collectors.toMap(row -> row.get("file"), row -> row.get("reason"))));
        assertEquals(Set.of("NORMAL/NORMAL-p0-7.png", "SRF/SRF-p9-1.png", "SRF/SRF-p7-1.png"), skipped.keySet());
        assertTrue(skipped.get("NORMAL/NORMAL-p0-7.png").contains("Cannot read the image"));
        assertTrue(skipped.get("SRF/SRF-p9-1.png").contains("too small: 12 x 10"));
        assertTrue(skipped.get("SRF/SRF-p7-1.png").contains("The mask has 5 x 5 pixels"));
        assertEquals(14, patches.scans().size());
    }

    /**
     * A training scan whose retina is lost on the left is dropped; a test scan of that kind is judged all the same, as
     * a new patient's would be.
     */
    @Test
    void trainingScansWithoutBoundariesAreDropped() {
        Patches before = prepare();
        ScanInfo trained = before.scans().get(before.scans(Split.TRAIN).get(0));
        ScanInfo tested = before.scans().get(before.scans(Split.TEST).get(0));
        for (ScanInfo s : List.of(trained, tested)) {
            Path file = scans.resolve(s.className()).resolve(s.scan() + ".png");
            GrayImage faint = GrayImage.read(file);
            java.util.Random random = new java.util.Random(1);
            for (int i = 0; i < faint.pixels().length; i++)
                if (i % 512 < 300) faint.pixels()[i] = (float) (30 + 10 * random.nextGaussian());
            faint.writePng(file);
        }
        Patches after = prepare();
        assertEquals(1, after.manifest().skipped().size());
        assertTrue(after.manifest().skipped().get(0).file().contains(trained.scan()));
        assertTrue(after.manifest().skipped().get(0).reason().startsWith("boundaries not found: confidence 0."));
        assertTrue(after.scans().get(index(after, tested.scan())).confidence() < 0.5);
    }

    @Test
    void namesAreUniqueAndFitForFiles() {
        Phantom.draw(1, 8, 0, LesionKind.SRF).image().writePng(scans.resolve("a b/ü-p8 x.png"));
        Phantom.draw(1, 8, 0, LesionKind.SRF).image().writePng(scans.resolve("c,d/\"q\"/normal-P6-0.png"));
        Patches patches = prepare();
        Set<String> names = patches.scans().stream().map(s -> s.scan().toLowerCase()).collect(Collectors.toSet());
        assertEquals(patches.scans().size(), names.size());
        for (String n : names) assertTrue(n.matches("[a-z0-9._-]+"), n);
        assertEquals("\"q\"", patches.scans().get(index(patches, "normal-P6-0_2")).className());
    }

    @Test
    void preparingTwiceGivesTheSame() {
        String first = prepare().fingerprint();
        assertEquals(first, prepare().fingerprint());
        Path elsewhere = folder.resolve("other");
        assertEquals(first, Patches.prepare(Scans.folder(scans), OPTIONS, elsewhere).fingerprint());
        assertNotEquals(first, Patches.prepare(Scans.folder(scans), OPTIONS.withSeed(2), elsewhere).fingerprint());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(Set.of("scans", "patches", "other"),
                    left.map(p -> p.getFileName().toString()).collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Labels of patches and metrics of pixels follow the masks: with other masks it is another prepared folder. */
    @Test
    void aCorrectedMaskIsAnotherFingerprint() {
        String first = prepare().fingerprint();
        Path file = scans.resolve("masks/DRUSEN/DRUSEN-p6-1_mask.png");
        GrayImage mask = GrayImage.read(file);
        mask.pixels()[0] = 255;   // above the retina, where no strip reaches
        mask.writePng(file);
        assertNotEquals(first, prepare().fingerprint());
        mask.pixels()[0] = 0;
        mask.writePng(file);
        assertEquals(first, prepare().fingerprint());
    }

    /** Without masks the fingerprint is that of strips and table, as in folders of the time when no mask counted. */
    @Test
    void withoutMasksTheFingerprintIsTheOldOne() throws IOException {
        Files.delete(scans.resolve("masks/DRUSEN/DRUSEN-p6-1_mask.png"));
        String fingerprint = prepare().fingerprint();
        assertEquals(new Fingerprint().add(out.resolve("strips.npy")).add(out.resolve("scans.csv")).hex(), fingerprint);
    }

    @Test
    void anotherFolderIsNeverTouched() throws IOException {
        Path thesis = Files.createDirectories(out).resolve("thesis.tex");
        Files.writeString(thesis, "years of work");
        assertRefused(this::prepare, "thesis.tex", "stays as it is");
        assertEquals("years of work", Files.readString(thesis));
        assertRefused(() -> Patches.prepare(Scans.folder(scans), OPTIONS, thesis), "is a file");
    }

    @Test
    void aPreparedFolderInWhichSomebodyKeepsNotesStays() throws IOException {
        String before = prepare().fingerprint();
        Files.writeString(out.resolve("notes.txt"), "years of work");
        assertRefused(this::prepare, "notes.txt", "stays as it is");
        assertEquals("years of work", Files.readString(out.resolve("notes.txt")));
        Files.move(out.resolve("notes.txt"), out.resolve("scans/notes.txt"));
        assertRefused(this::prepare, "scans/notes.txt", "stays as it is");
        assertEquals(before, Patches.open(out).fingerprint());
        Files.delete(out.resolve("scans/notes.txt"));
        // a folder of theirs that is called as one of ours
        for (String aside : List.of(".patches.part", ".patches.old")) {
            Path theirs = Files.createDirectories(folder.resolve(aside)).resolve("thesis.tex");
            Files.writeString(theirs, "years of work");
            assertRefused(this::prepare, aside, "thesis.tex", "stays as it is");
            assertEquals("years of work", Files.readString(theirs));
            Files.delete(theirs);
            Files.delete(theirs.getParent());
        }
        assertEquals(before, prepare().fingerprint());
    }

    @Test
    void twoProgramsDoNotWriteTheSameFolder() {
        try (PatchesWriter first = new PatchesWriter(out, OPTIONS)) {
            assertFails(this::prepare, "Another program is writing to", "patches.part");
        }
        prepare();
    }

    /**
     * Killed when the earlier folder was set aside and the new one not yet in its place: the earlier one comes back,
     * then the new one replaces it.
     */
    @Test
    void aKillBetweenTheTwoRenamesLosesNothing() throws IOException {
        String before = prepare().fingerprint();
        Files.move(out, folder.resolve(".patches.old"));
        new PatchesWriter(out, OPTIONS).close();
        assertEquals(before, Patches.open(out).fingerprint());
        assertFalse(Files.exists(folder.resolve(".patches.old")) || Files.exists(folder.resolve(".patches.part")));
    }

    @Test
    void aFolderRemovedWhileItIsWrittenIsSaid() throws IOException {
        try (PatchesWriter writer = new PatchesWriter(out, OPTIONS);
                Stream<Path> all = Files.walk(folder.resolve(".patches.part"))) {
            for (Path p : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(p);
            assertFails(() -> writer.finish(OPTIONS, List.of(), new Scans.Listing(List.of(), List.of())),
                    "was removed while scans were being written");
        }
        assertFalse(Files.exists(out) || Files.exists(folder.resolve(".patches.part")));
    }

    @Test
    void aRunThatFailsLeavesTheEarlierFolder() throws IOException {
        String before = prepare().fingerprint();
        for (Path p : Files.list(scans.resolve("NORMAL")).toList()) Files.writeString(p, "damaged");
        assertFails(this::prepare, "No usable scan is left for train", "13 ");
        assertEquals(before, Patches.open(out).fingerprint());
        assertFalse(Files.exists(folder.resolve(".patches.part")));
    }

    @Test
    void foldersThatAreOfNoUseAreNamed() throws IOException {
        assertFails(() -> run(folder.resolve("none")), "There is no folder");
        assertFails(() -> run(Files.createDirectories(folder.resolve("empty"))), "holds no pictures");
        Path ill = folder.resolve("ill");
        Phantom.draw(1, 1, 0, LesionKind.PED).image().writePng(ill.resolve("PED/PED-p1-1.png"));
        assertFails(() -> run(ill), "no normal scans", "from the top: PED", "option class");
        Phantom.draw(1, 1, 0).image().writePng(ill.resolve("NORMAL/NORMAL-p2-1.png"));
        assertFails(() -> run(ill), "Only 1 group (patients)");
        assertFails(() -> Patches.prepare(Scans.of(Layout.octdl, scans), OPTIONS, out), "no meta.csv",
                "option layout folder");
        assertRefused(() -> Scans.folder(scans, "abc"), "parentheses");
        assertRefused(() -> Scans.folder(scans, "(("), "regular expression");
    }

    private Patches run(Path from) {
        return Patches.prepare(Scans.folder(from), OPTIONS, out);
    }

    @Test
    void aFolderThatWasNotPreparedIsRefused() throws IOException {
        assertFails(() -> Patches.open(folder.resolve("none")), "There is no folder", "stage prepare");
        assertFails(() -> Patches.open(folder), "no prepared scans");
    }

    @ParameterizedTest
    @ValueSource(strings = {"strips.npy", "masks.npy", "bounds.npy", "reference.npy", "scans.csv", "patches.json"})
    void aDamagedFolderIsRefused(String file) throws IOException {
        prepare();
        try (RandomAccessFile f = new RandomAccessFile(out.resolve(file).toFile(), "rw")) {
            f.setLength(f.length() * 2 / 3);
        }
        assertFails(() -> Patches.open(out), file);
    }

    @Test
    void withoutFlatteningAPictureIsOnePatch() {
        Patches patches = Patches.prepare(Scans.folder(scans), OPTIONS.withFlatten(false), out);
        assertEquals(32, patches.stripWidth());
        assertEquals(1, patches.grid(0).size());
        for (int i = 0; i < patches.scans().size(); i++)
            assertEquals(patches.scans().get(i).label(), patches.grid(i).get(0).label(), "patch and scan are the same");
        GrayImage small = GrayImage.read(scans.resolve("DRUSEN/DRUSEN-p6-1.png")).resize(32, 32);
        int drusen = index(patches, "DRUSEN-p6-1");
        for (int i = 0; i < 1024; i++) assertEquals(small.pixels()[i], patches.strip(drusen)[i], 0.51);
        for (boolean r : patches.retina(drusen)) assertTrue(r);
        for (float v : patches.unflatten(drusen, patches.strip(drusen)).data()) assertFalse(Float.isNaN(v));
    }

    private static int index(Patches patches, String scan) {
        for (int i = 0; i < patches.scans().size(); i++) if (patches.scans().get(i).scan().equals(scan)) return i;
        throw new AssertionError(scan + " is not in " + patches.scans());
    }
}
