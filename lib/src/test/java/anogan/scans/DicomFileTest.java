package anogan.scans;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.UserError;
import anogan.io.FloatArray;
import anogan.io.Npy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * DICOM files that DCMTK wrote of scans of the phantom, and the numbers that went into them (formats/dicom/make.py).
 */
class DicomFileTest {
    private static final Path FOLDER = Path.of("src/test/resources/formats/dicom");
    private static final Set<String> LOSSY = Set.of("baseline.dcm", "extended.dcm", "capture-grey.dcm",
            "capture-rgb.dcm", "rgb-baseline.dcm", "rgb-baseline-rgb.dcm", "jpeg2000-lossy.dcm", "ybr.dcm",
            "ybr-rle.dcm", "ybr-422.dcm");
    private static final Map<String, FloatArray> EXPECTED = expected();
    @TempDir
    Path folder;

    private static Map<String, FloatArray> expected() {
        Map<String, FloatArray> expected = new TreeMap<>();
        Npy.readZip(FOLDER.resolve("expected.npz")).forEach((files, array) -> {
            for (String file : files.split(" ")) expected.put(file, array);
        });
        return expected;
    }

    /** Bit by bit or, where the packing loses something or colours are converted, within one level. */
    @Test
    void everyFileHoldsTheNumbersThatWentIn() throws IOException {
        List<String> wrong = new ArrayList<>();
        try (FileTree tree = FileTree.open(FOLDER.resolve("dicom.zip"))) {
            assertEquals(EXPECTED.keySet(), Set.copyOf(tree.files()));
            for (String file : tree.files()) {
                assertTrue(ScanFile.isKnown(tree, file), file);
                try (ScanFile scan = ScanFile.open(tree, file)) {
                    compare(file, scan, wrong);
                } catch (UserError e) {
                    wrong.add(file + ": " + e.getMessage());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** In any order, each frame is what it is in order. */
    private static void compare(String file, ScanFile scan, List<String> wrong) {
        FloatArray expected = EXPECTED.get(file);
        int slices = expected.shape()[0] == 3 && !file.contains("rgb") && !file.contains("ybr") ? 3 : 1;
        if (scan.slices() != slices) wrong.add(file + ": " + scan.slices() + " slices in place of " + slices);
        int n = expected.data().length / slices;
        for (int i : slices == 1 ? new int[] {0} : new int[] {2, 0, 1, 1, 2}) {
            float[] values = shown(scan.samples(i));
            float[] own = Arrays.copyOfRange(expected.data(), i * n, (i + 1) * n);
            float worst = values.length == n ? 0 : Float.NaN;
            for (int p = 0; p < n && values.length == n; p++) worst = Math.max(worst, Math.abs(values[p] - own[p]));
            if (!(worst <= (LOSSY.contains(file) ? 1 : 0)))
                wrong.add(file + ", " + i + ": " + values.length + " numbers, of " + n + ", up to " + worst + " off");
        }
    }

    /** A palette's colours in place of its numbers. */
    private static float[] shown(Samples samples) {
        if (samples.meaning() != Samples.Meaning.INDEX) return samples.values();
        float[] colours = new float[3 * samples.values().length];
        for (int i = 0; i < colours.length; i++)
            colours[i] = samples.palette()[(int) samples.values()[i / 3]] >> 16 - 8 * (i % 3) & 0xff;
        return colours;
    }

    /** From disk, and in a tar that is read from front to back. */
    @Test
    void aFolderIsReadAsAnArchiveIs() throws IOException {
        List<String> names = List.of("volume-rle.dcm", "fragments.dcm", "1.2.840.4711.10", "deflated.dcm");
        try (FileTree tree = FileTree.open(FOLDER.resolve("dicom.zip"))) {
            for (String name : names) Files.write(folder.resolve(name), tree.bytes(name));
        }
        List<String> wrong = new ArrayList<>();
        for (FileTree tree : List.of(new FolderTree(folder),
                FileTree.open(Tar.of(folder.resolve("a.tar.gz"), folder, names)))) {
            for (String name : names) {
                try (ScanFile scan = ScanFile.open(tree, name)) {
                    compare(name, scan, wrong);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @ParameterizedTest
    @CsvSource({"explicit.dcm, 3.87, 11.57", "implicit.dcm, 3.87, 11.57", "volume.dcm, 3.9, 11.7",
            "volume-undefined.dcm, 3.9, 11.7", "volume-implicit.dcm, 3.9, 11.7", "volume-rle.dcm, 3.9, 11.7",
            "sixteen.dcm, ,"})
    void spacingIsThatOfTheFramesAndOfNothingElse(String file, Double row, Double column) throws IOException {
        try (FileTree tree = FileTree.open(FOLDER.resolve("dicom.zip")); ScanFile scan = ScanFile.open(tree, file)) {
            assertEquals(row == null ? Map.of() : new Spacing(row, column).attributes(),
                    scan.spacing().map(Spacing::attributes).orElse(Map.of()));
        }
    }

    /** Twelve bits are what they say; of sixteen the window counts, and of measured numbers their own range. */
    @ParameterizedTest
    @CsvSource({"explicit.dcm, UINT8, 0, 255, ,", "twelve.dcm, UINT16, 0, 4095, ,", "sixteen.dcm, UINT16, , , ,",
            "negative.dcm, INT16, , , ,", "rescaled.dcm, FLOAT, , , ,", "window.dcm, UINT16, , , 5000, 35000",
            "high.dcm, UINT16, 0, 4095, ,"})
    void blackAndWhite(String file, NumberType type, Double black, Double white, Double low, Double high)
            throws IOException {
        try (FileTree tree = FileTree.open(FOLDER.resolve("dicom.zip")); ScanFile scan = ScanFile.open(tree, file)) {
            Samples samples = scan.samples(0);
            assertEquals(type, samples.type());
            assertEquals(range(black, white), samples.declared());
            assertEquals(range(low, high), samples.window());
        }
    }

    private static Optional<GreyRange> range(Double black, Double white) {
        return black == null ? Optional.empty() : Optional.of(new GreyRange(black, white));
    }

    @ParameterizedTest
    @CsvSource({"jpeg-ls.dcm, JPEG-LS", "scrambled.dcm, scrambled", "video.dcm, video", "report.dcm, a report",
            "document.dcm, a document", "plan.dcm, radiotherapy", "DICOMDIR, a directory of DICOM files",
            "text.dcm, does not begin as a DICOM file"})
    void whatIsRefusedIsCalledByItsName(String file, String reason) throws IOException {
        try (FileTree tree = FileTree.open(FOLDER.resolve("refused.zip"))) {
            String said = assertThrows(UserError.class, () -> {
                try (ScanFile scan = ScanFile.open(tree, file)) {
                    scan.samples(0);
                }
            }).getMessage();
            assertTrue(said.contains(file) && said.contains(reason), said);
            assertFalse(said.contains("damaged"), said);
        }
    }

    /** Every file names a patient; nobody hears of him, and what is kept of a header has nothing of him. */
    @Test
    void nothingOfThePatientIsKept() throws Exception {
        try (FileTree tree = FileTree.open(FOLDER.resolve("dicom.zip"))) {
            for (String file : List.of("explicit.dcm", "volume-implicit.dcm", "big-endian.dcm")) {
                assertTrue(new String(tree.bytes(file), StandardCharsets.ISO_8859_1).contains("Secret^Person"), file);
                DicomHeader header = DicomHeader.read(tree.open(file));
                java.lang.reflect.Field values = DicomHeader.class.getDeclaredField("values");
                values.setAccessible(true);
                Map<?, ?> kept = (Map<?, ?>) values.get(header);
                assertTrue(kept.size() > 8);
                kept.forEach((tag, value) -> {
                    assertTrue((int) tag >>> 16 != 0x0010, file);
                    assertFalse(new String((byte[]) value, StandardCharsets.ISO_8859_1).contains("Secret"), file);
                });
            }
        }
    }

    /** A file that ends anywhere before its last pixel is named, and does not name the patient. */
    @ParameterizedTest
    @ValueSource(strings = {"explicit.dcm", "volume-undefined.dcm", "volume-rle.dcm", "deflated.dcm", "jpeg2000.dcm",
            "sixteen-lossless.dcm"})
    void aFileCutShortIsNamed(String file) throws IOException {
        byte[] whole;
        try (FileTree tree = FileTree.open(FOLDER.resolve("dicom.zip"))) {
            whole = tree.bytes(file);
        }
        for (int i = 0; i < 40; i++) {
            Files.write(folder.resolve(file), Arrays.copyOf(whole, whole.length * i / 40));
            UserError e = assertFails(() -> {
                try (ScanFile scan = ScanFile.open(new FolderTree(folder), file)) {
                    for (int s = 0; s < scan.slices(); s++) scan.samples(s);
                }
            }, "Cannot read the image " + folder.resolve(file));
            assertFalse(e.getMessage().contains("Secret"), e.getMessage());
        }
    }

    /** In a data set a tomography's frames are slices with their spacing, what has no picture is named, and why. */
    @Test
    void aDataSetOfDicomFiles() throws IOException {
        for (String name : List.of("NORMAL/p1/a.dcm", "NORMAL/p2/b.dcm", "NORMAL/p3/c", "DME/p4/d.dcm"))
            copy("dicom.zip", "volume.dcm", name);
        copy("refused.zip", "report.dcm", "DME/p4/e.dcm");
        copy("refused.zip", "DICOMDIR", "DICOMDIR");
        try (Scans.Listing listing = Scans.folder(folder).list(SplitOptions.defaults())) {
            assertEquals(12, listing.scans().size());
            Scans.Listed second = listing.scans().get(1);
            assertEquals(Map.of("volume", "DME/p4/d", "slice", "001", "row_um", "3.9000", "column_um", "11.7000"),
                    second.attributes());
            assertEquals(24, second.read().get().image().width());
            assertEquals(List.of("DME/p4/e.dcm"), listing.skipped().stream().map(Skipped::file).toList());
            assertTrue(listing.skipped().get(0).reason().contains("a report"));
            assertTrue(listing.notes().contains("Files that are no pictures: 1 DICOMDIR."), listing.notes().toString());
        }
    }

    private void copy(String zip, String file, String to) throws IOException {
        Files.createDirectories(folder.resolve(to).getParent());
        try (FileTree tree = FileTree.open(FOLDER.resolve(zip))) {
            Files.write(folder.resolve(to), tree.bytes(file));
        }
    }
}
