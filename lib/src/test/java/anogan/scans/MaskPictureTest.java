package anogan.scans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.UserError;
import anogan.io.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Masks that Pillow, tifffile, nibabel and NumPy wrote, all of them of the same pixels (formats/masks/make.py). */
class MaskPictureTest {
    private static final Path FOLDER = Path.of("src/test/resources/formats/masks");
    private static final int NEAR = 24;   // pixels on the edges of three labels, of 250

    @TempDir
    static Path masks;

    record Expected(String file, String kind) {}

    @BeforeAll
    static void unpack() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(FOLDER.resolve("masks.zip")))) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry())
                Files.write(masks.resolve(e.getName()), zip.readAllBytes());
        }
    }

    static Stream<Expected> expected() throws IOException {
        if (!Files.exists(masks.resolve("masks.csv"))) unpack();
        return Csv.read(masks.resolve("masks.csv"), "file", "expected").stream()
                .map(row -> new Expected(row.get("file"), row.get("expected")));
    }

    private static MaskPicture read(String file) throws IOException {
        try (ScanFile scan = ScanFile.open(new FolderTree(masks), file)) {
            return MaskPicture.of(scan.samples(0), file.endsWith(".jpg"));
        }
    }

    @ParameterizedTest
    @MethodSource("expected")
    void marksWhatTheProgramMarked(Expected expected) throws IOException {
        GrayImage truth = GrayImage.read(FOLDER.resolve("truth.png"));
        MaskPicture mask;
        try {
            mask = read(expected.file);
        } catch (UserError e) {
            assertEquals("refused", expected.kind, e.getMessage());
            return;
        }
        int wrong = 0;
        for (int i = 0; i < truth.pixels().length; i++) if (mask.marked().pixels()[i] != truth.pixels()[i]) wrong++;
        switch (expected.kind) {
            case "exact" -> {
                assertEquals(0, wrong, "pixels");
                assertEquals(List.of(), mask.doubts());
            }
            case "doubt" -> {
                assertEquals(0, wrong, "pixels");
                assertEquals(1, mask.doubts().size());
            }
            case "near" -> {
                assertTrue(wrong <= NEAR, wrong + " pixels");
                assertTrue(mask.doubts().get(0).what().contains("soft edges or JPEG noise"), mask.doubts().toString());
            }
            default -> throw new AssertionError("not refused: " + wrong + " pixels wrong, " + mask.doubts());
        }
    }

    private static MaskPicture of(float... values) {
        return MaskPicture.of(Samples.bytes(1, values.length, 1, values), false);
    }

    @Test
    void nothingAndEverything() {
        assertEquals(List.of(), of(0, 0, 0).doubts());
        for (float v : of(0, 0, 0).marked().pixels()) assertEquals(0, v);
        for (float v : of(255, 255, 255).marked().pixels()) assertEquals(255, v);
        assertTrue(of(1, 1, 1).doubts().get(0).what().contains("marks every pixel"));
    }

    /** Three labels without a 0 in its own right: 0 stays background, but it is said. */
    @Test
    void aRareZeroIsSaid() {
        MaskPicture mask = MaskPicture.of(Samples.bytes(3, 3, 1, new float[] {1, 1, 1, 1, 0, 2, 1, 1, 1}), false);
        assertEquals(0, mask.marked().at(1, 1));
        assertEquals(255, mask.marked().at(0, 0));
        assertTrue(mask.doubts().get(0).what().contains("0 is rare"));
    }

    @Test
    void notANumberMarksNothing() {
        float[] values = {0, Float.NaN, 1, 0, 0, -0f, 0, 3.4028235e38f};
        GrayImage mask = MaskPicture
                .of(Samples.grey(1, values.length, values, NumberType.FLOAT, Optional.empty()), false).marked();
        for (int i = 0; i < values.length; i++) assertEquals(i == 2 ? 255 : 0, mask.pixels()[i], "at " + i);
    }
}
