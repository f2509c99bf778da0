package anogan.patches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import anogan.phantom.LesionKind;
import anogan.phantom.Phantom;
import anogan.scans.GrayImage;
import anogan.scans.Scans;
import anogan.scans.Skipped;
import anogan.scans.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no scan of a retina is in no split, is named and counted; a sick retina is one. */
class ScanFitnessTest {
    private static final PrepareOptions OPTIONS = PrepareOptions.defaults(32).withScale(0.59);   // need not be measured
    private static final int H = 187;
    private static final int W = 512;
    private static final Random RANDOM = new Random(7);

    @TempDir
    Path folder;
    private Path scans;

    @BeforeEach
    void sixHealthyPatientsAndThreeSick() {
        scans = folder.resolve("scans");
        for (int eye = 0; eye < 6; eye++)
            Phantom.draw(3, eye, 0).image().writePng(scans.resolve("NORMAL/NORMAL-p" + eye + "-oct.png"));
        for (int eye = 6; eye < 9; eye++)
            Phantom.draw(3, eye, 0, LesionKind.SRF).image().writePng(scans.resolve("SRF/SRF-p" + eye + "-oct.png"));
    }

    /** A picture, the kind of reason for which it is left out, and whether it is so without flattening too. */
    private record NoScan(String name, GrayImage image, String kind, boolean always) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<NoScan> noScans() {
        return Stream.of(new NoScan("black", picture(H, W, (x, y) -> 0), "black", true),
                new NoScan("black with a hot pixel", picture(H, W, (x, y) -> x == 70 && y == 9 ? 255 : 1), "black",
                        true),
                new NoScan("white", picture(H, W, (x, y) -> 255), "white", true),
                new NoScan("grey", picture(H, W, (x, y) -> 128 + (x + y) % 2), "of one grey", true),
                new NoScan("saturated", saturated(), "saturated", false),
                new NoScan("noise", picture(H, W, (x, y) -> 90 + 25 * RANDOM.nextGaussian()), "without a retina",
                        false),
                new NoScan("infrared, vessel across", infrared(256, 256, 6), "without a retina", false),
                new NoScan("infrared, wide and sharp", infrared(300, 460, 1), "without a retina", false),
                new NoScan("fundus in a circle",
                        picture(400, 400,
                                (x, y) -> Math.hypot(x - 200, y - 200) > 195 ? 0
                                        : 120 + 20 * Math.sin(x / 40) + 3 * RANDOM.nextGaussian()),
                        "without a retina", false),
                new NoScan("ramp", picture(300, 400, (x, y) -> y * 0.8 + 4 * RANDOM.nextGaussian()), "without a retina",
                        false));
    }

    private static GrayImage picture(int height, int width, DoubleBinaryOperator grey) {
        GrayImage image = GrayImage.black(height, width);
        for (int i = 0; i < image.pixels().length; i++)
            image.pixels()[i] = (float) Math.max(0, Math.min(255, grey.applyAsDouble(i % width, i / width)));
        return image;
    }

    /** Grey with a dark vessel that winds from left to right, as beside a B-scan. */
    private static GrayImage infrared(int height, int width, double noise) {
        return picture(height, width, (x, y) -> {
            double vessel = Math.abs(y - height * (0.5 + 0.15 * Math.sin(x * 6.0 / width)));
            return 110 + 20 * Math.sin(x * 12.0 / width) - (vessel < 4 ? 45 : 0) + noise * RANDOM.nextGaussian();
        });
    }

    private static GrayImage saturated() {
        GrayImage image = Phantom.draw(4, 1, 0).image();
        for (int i = 0; i < image.pixels().length; i++) image.pixels()[i] = Math.min(255, 3 * image.pixels()[i]);
        return image;
    }

    @ParameterizedTest
    @MethodSource("noScans")
    void areInNoSplitAndCounted(NoScan none) throws IOException {
        List<String> patients = List.of("NORMAL/NORMAL-p0", "NORMAL/NORMAL-p1", "NORMAL/NORMAL-p2", "NORMAL/NORMAL-p3",
                "NORMAL/NORMAL-p4", "NORMAL/NORMAL-p5", "SRF/SRF-p6");
        for (String patient : patients) none.image.writePng(scans.resolve(patient + "-ir.png"));
        Patches patches = Patches.prepare(Scans.folder(scans), OPTIONS, folder.resolve("out"));
        assertEquals(Map.of(none.kind, 7L), kinds(patches));
        assertEquals(9, patches.scans().size(), "the B-scans themselves stay");
        String doubt = String.join("\n", patches.manifest().doubts());
        assertTrue(doubt.contains("7 pictures are no scans") && doubt.contains("test SRF: 1")
                && doubt.contains("validation NORMAL: 1") && doubt.contains("skipped.csv"), doubt);
        assertEquals(8, Files.readAllLines(folder.resolve("out/skipped.csv")).size());
        Patches whole = Patches.prepare(Scans.folder(scans), OPTIONS.withFlatten(false), folder.resolve("out"));
        assertEquals(none.always ? Map.of(none.kind, 7L) : Map.of(), kinds(whole));
    }

    private static Map<String, Long> kinds(Patches patches) {
        return patches.manifest().skipped().stream()
                .collect(Collectors.groupingBy(Skipped::kind, Collectors.counting()));
    }

    /** Who knows better can say so; a picture of one grey says nothing to anybody. */
    @Test
    void withoutMinimumOnlyPicturesOfOneGreyAreLeftOut() {
        infrared(256, 256, 6).writePng(scans.resolve("SRF/SRF-p6-ir.png"));
        picture(H, W, (x, y) -> 0).writePng(scans.resolve("SRF/SRF-p6-black.png"));
        Patches patches = Patches.prepare(Scans.folder(scans), OPTIONS.withMinConfidence(0), folder.resolve("out"));
        assertEquals(Map.of("black", 1L), kinds(patches));
    }

    @Test
    void digitsAndThinLinesAreNotOfOneGrey() {
        ScanFitness fitness = new ScanFitness(OPTIONS.withFlatten(false));
        assertTrue(fitness.beforeFlattening("one", picture(28, 28, (x, y) -> x == 14 && y > 5 ? 255 : 0)).isEmpty());
        assertTrue(fitness.beforeFlattening("scratch", picture(500, 500, (x, y) -> x == y ? 90 : 30)).isEmpty());
        assertFalse(fitness.beforeFlattening("none", picture(28, 28, (x, y) -> 3 * (x % 2))).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AMD/amd_3562708_1", "AMD/amd_4207802_3", "AMD/amd_5644771_1", "AMD/amd_7627128_1",
            "AMD/amd_5519932_2", "ERM/erm_4893218_2", "RVO/rvo_2765950_1"})
    void aSickRetinaIsAScan(String scan) {
        Path file = Path.of("../../shared/data/octdl/dev", scan + ".png");
        assumeTrue(Files.isRegularFile(file), "shared data are not here");
        PrepareOptions options = PrepareOptions.defaults();
        GrayImage image = GrayImage.read(file);
        Boundaries found = BoundaryFinder.find(image.resize(options.workingHeight(image.height(), image.width()), W));
        assertTrue(found.visible(120) >= options.minVisible() + 0.05, scan + ": " + found.visible(120));
    }

    @Test
    void lesionsOfEveryKindAreSeen() {
        for (LesionKind kind : LesionKind.values()) {
            double visible = BoundaryFinder.find(Phantom.draw(9, 2, 1, kind).image()).visible(120);
            assertTrue(visible > 0.9, kind + ": " + visible);
        }
    }

    /** The scans of the case: B-scans with an infrared picture beside each. */
    @Test
    void infraredPicturesBesideTheirScans() {
        Path given = Path.of("../../shared/cases/13-no-retina-sets-threshold/scans");
        assumeTrue(Files.isDirectory(given), "shared cases are not here");
        Patches patches = Patches.prepare(Scans.folder(given, "(pat\\d+)"), OPTIONS, folder.resolve("out"));
        assertEquals(Map.of("without a retina", 9L), kinds(patches));
        for (Split split : Split.values())
            for (int i : patches.scans(split)) assertTrue(patches.scans().get(i).scan().endsWith("_oct"));
        assertEquals(9, patches.scans().size());
        assertEquals(1, patches.manifest().doubts().size(), patches.manifest().doubts().toString());
    }
}
