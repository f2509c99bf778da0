package anogan.scans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import anogan.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mask means for the scan that it belongs to: unknown stays unknown, and whatever is odd is said. */
class MaskFilesTest {
    private static final int H = 12;
    private static final int W = 16;

    @TempDir
    Path folder;

    @BeforeEach
    void normalScans() {
        for (int i = 0; i < 3; i++) picture(H, W, 100, "NORMAL/NORMAL-p" + i + ".png");
        picture(H, W, 100, "DME/DME-p7.png");
    }

    /** A picture with a mark of the given grey. */
    private void picture(int height, int width, int mark, String path) {
        GrayImage image = GrayImage.black(height, width);
        for (int i = 0; i < 9; i++) image.pixels()[(2 + i / 3) * width + 4 + i % 3] = mark;
        image.writePng(folder.resolve(path));
    }

    private Map<String, Scans.Pixels> read() {
        try (Scans.Listing listing = Scans.folder(folder).list(SplitOptions.defaults())) {
            assertEquals(List.of(), listing.skipped());
            return listing.scans().stream().collect(Collectors.toMap(Scans.Listed::scan, s -> s.read().get()));
        }
    }

    private static int marked(Scans.Pixels pixels) {
        int n = 0;
        for (float v : pixels.mask().orElseThrow().pixels()) if (v > 0) n++;
        return n;
    }

    @ParameterizedTest
    @CsvSource({"255,9", "128,9", "85,9", "3,9", "1,9"})
    void everyNumberButZeroMarks(int grey, int pixels) {
        picture(H, W, grey, "masks/DME/DME-p7_mask.png");
        Scans.Pixels dme = read().get("DME-p7");
        assertEquals(pixels, marked(dme));
        assertEquals(List.of(), dme.doubts());
    }

    @Test
    void anEmptyMaskOfAnAnomalousScanLeavesItUnknown() {
        picture(H, W, 0, "masks/DME/DME-p7_mask.png");
        Scans.Pixels dme = read().get("DME-p7");
        assertTrue(dme.mask().isEmpty());
        assertTrue(dme.doubts().get(0).what().contains("marks nothing"), dme.doubts().toString());
    }

    @Test
    void aMaskOfANormalScanIsNotUsedAndSaid() throws IOException {
        picture(H, W, 255, "masks/NORMAL/NORMAL-p0_mask.png");
        picture(H, W, 0, "masks/NORMAL/NORMAL-p1_mask.png");
        Files.writeString(folder.resolve("masks/NORMAL/NORMAL-p2_mask.png"), "damaged");
        Map<String, Scans.Pixels> read = read();
        for (int i = 0; i < 3; i++) assertTrue(read.get("NORMAL-p" + i).mask().isEmpty());
        assertTrue(
                read.get("NORMAL-p0").doubts().get(0).what().contains("normal or unlabelled class with a mask that"));
        assertEquals(List.of(), read.get("NORMAL-p1").doubts(), "an empty mask says the same as the class");
        assertTrue(read.get("NORMAL-p2").doubts().get(0).what().contains("cannot be read"));
    }

    @Test
    void anUnlabelledScanStaysUnlabelled() {
        picture(H, W, 100, "UNLABELLED/UNLABELLED-p8.png");
        picture(H, W, 255, "masks/UNLABELLED/UNLABELLED-p8_mask.png");
        Scans.Pixels pixels = read().get("UNLABELLED-p8");
        assertTrue(pixels.mask().isEmpty());
        assertEquals(1, pixels.doubts().size());
    }

    @ParameterizedTest
    @CsvSource({"16,12,true", "6,8,false", "12,17,false", "24,32,false", "13,16,false"})
    void aMaskOfAnotherSizeIsRefused(int height, int width, boolean turned) {
        picture(height, width, 255, "masks/DME/DME-p7_mask.png");
        String message = assertThrows(UserError.class, this::read).getMessage();
        assertTrue(message.contains("The mask has " + width + " x " + height + " pixels, but the scan has 16 x 12"),
                message);
        assertEquals(turned, message.contains("turned by a quarter"), message);
    }

    /** Uncompressed NIfTI of bytes, a slice for each of the numbers of a mark. */
    private void volume(String path, int... marks) throws IOException {
        byte[] file = Arrays.copyOf(Files.readAllBytes(Path.of("src/test/resources/formats/plain.nii")),
                352 + marks.length * H * W);
        Arrays.fill(file, 352, file.length, (byte) 0);
        short[] dim = {3, W, H, (short) marks.length, 1, 1, 1, 1};
        for (int i = 0; i < dim.length; i++) {
            file[40 + 2 * i] = (byte) dim[i];
            file[41 + 2 * i] = (byte) (dim[i] >> 8);
        }
        for (int s = 0; s < marks.length; s++)
            for (int i = 0; i < 9; i++) file[352 + s * H * W + (2 + i / 3) * W + 4 + i % 3] = (byte) marks[s];
        Path target = folder.resolve(path);
        Files.createDirectories(target.getParent());
        Files.write(target, file);
    }

    /** A slice without lesion in a mask that marks another slice is known to have none. */
    @Test
    void anEmptySliceOfAMaskThatMarksOthersIsKnown() throws IOException {
        volume("DME/DME-p8.nii", 90, 80, 70);
        volume("masks/DME/DME-p8_mask.nii", 0, 2, 0);
        volume("DME/DME-p9.nii", 90, 80);
        volume("masks/DME/DME-p9_mask.nii", 0, 0);
        Map<String, Scans.Pixels> read = read();
        assertEquals(List.of(0, 9, 0),
                List.of("000", "001", "002").stream().map(s -> marked(read.get("DME-p8-s" + s))).toList());
        assertEquals(List.of(), read.get("DME-p8-s000").doubts());
        for (String s : List.of("000", "001")) {
            assertTrue(read.get("DME-p9-s" + s).mask().isEmpty());
            assertFalse(read.get("DME-p9-s" + s).doubts().isEmpty());
        }
    }

    /** The issue's masks of colours, palettes and labels: 560 pixels each, none in the third slice. */
    @ParameterizedTest
    @CsvSource({"5-mask-colours,4", "6-nifti-label-mask,15"})
    void theIssuesMasks(String name, int scans) {
        Path given = Path.of("../../shared/cases", name, "scans");
        assumeTrue(Files.isDirectory(given), "shared cases are not here");
        try (Scans.Listing listing = Scans.folder(given).list(SplitOptions.defaults())) {
            List<Scans.Listed> odd = listing.scans().stream().filter(s -> s.className().equals("ODD")).toList();
            assertEquals(scans, odd.size());
            for (Scans.Listed s : odd) {
                Scans.Pixels pixels = s.read().get();
                assertEquals(s.scan().endsWith("-s002") ? 0 : 560, marked(pixels), s.scan());
                assertEquals(List.of(), pixels.doubts(), s.scan());
            }
        }
    }
}
