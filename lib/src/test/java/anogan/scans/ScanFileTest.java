package anogan.scans;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import anogan.UserError;
import anogan.io.FloatArray;
import anogan.io.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every format of volumes against files that Python wrote byte by byte (formats/make.py), from disk and from inside an
 * archive, in any order.
 */
class ScanFileTest {
    private static final Path FORMATS = Path.of("src/test/resources/formats");
    private static final Path HEYEX = Path.of("../../shared/data/heyex_fixture/heyex_vol");
    private static final Map<String, FloatArray> EXPECTED = Npy.readZip(FORMATS.resolve("expected.npz"));
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"stack8.tif, stack8", "stack16.tif, stack16", "plain.nii, plain", "scaled.nii.gz, scaled",
            "window.nii, window", "bscans.vol, bscans"})
    void greyValuesAreThoseThatPythonWrote(String file, String name) throws IOException {
        FloatArray expected = EXPECTED.get(name);
        int[] order = {2, 0, 1, 1, 0, 2};
        for (FileTree tree : List.of(FileTree.open(FORMATS), zipOf(file), tarOf(file))) {
            try (tree;
                    ScanFile scans = ScanFile.open(tree,
                            tree.files().stream().filter(f -> f.endsWith(file)).findFirst().orElseThrow())) {
                assertEquals(expected.shape()[0], scans.slices());
                for (int i = 0; i < scans.slices(); i++) assertSlice(expected, i, slice(scans, i));
                for (int i : order) if (i < scans.slices()) assertSlice(expected, i, slice(scans, i));
            }
        }
    }

    /** In the range of the whole file. */
    private static GrayImage slice(ScanFile scans, int index) {
        Intensities intensities = new Intensities();
        for (int i = 0; i < scans.slices(); i++) {
            int own = i;
            intensities.add(() -> scans.samples(own));
        }
        return intensities.grey("", scans.samples(index));
    }

    private static void assertSlice(FloatArray expected, int index, GrayImage slice) {
        assertEquals(expected.shape()[1], slice.height());
        assertEquals(expected.shape()[2], slice.width());
        int n = slice.pixels().length;
        assertArrayEquals(Arrays.copyOfRange(expected.data(), index * n, (index + 1) * n), slice.pixels(), 1e-2f);
    }

    private FileTree zipOf(String file) throws IOException {
        Path zip = folder.resolve("a.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("in/" + file));
            Files.copy(FORMATS.resolve(file), out);
            out.closeEntry();
        }
        return FileTree.open(zip);
    }

    private FileTree tarOf(String file) throws IOException {
        return FileTree.open(Tar.of(folder.resolve("a.tgz"), FORMATS, List.of(file)));
    }

    /**
     * The header claims B-scan headers of 61,440 bytes; each B-scan's own says 3,656 and is right. First grey values by
     * struct.unpack in Python.
     */
    @Test
    void aRealHeyexFileIsReadByItsBscansOwnHeaders() throws IOException {
        assumeTrue(Files.isDirectory(HEYEX), HEYEX + " is not there");
        try (FileTree tree = FileTree.open(HEYEX); ScanFile scans = ScanFile.open(tree, "test_volume.vol")) {
            assertEquals(10, scans.slices());
            assertEquals(50, slice(scans, 0).width());
            assertEquals(40, slice(scans, 0).height());
            assertArrayEquals(new float[] {95, 210, 60}, Arrays.copyOf(slice(scans, 0).pixels(), 3));
            assertArrayEquals(new float[] {4, 97, 37}, Arrays.copyOf(slice(scans, 9).pixels(), 3));
        }
    }

    /**
     * A volume is cut short anywhere: its length is noticed, at the latest in the last slice; and nobody reads the
     * patient's name in a message.
     */
    @ParameterizedTest
    @ValueSource(strings = {"bscans.vol", "plain.nii", "scaled.nii.gz", "stack16.tif"})
    void aFileCutShortIsNamed(String file) throws IOException {
        byte[] whole = Files.readAllBytes(FORMATS.resolve(file));
        int steps = 40;
        for (int i = 0; i < steps - (file.endsWith("gz") ? 2 : 0); i++) {   // the last bytes of a gz are its checksum
            Files.write(folder.resolve(file), Arrays.copyOf(whole, whole.length * i / steps));
            UserError e = assertFails(() -> readAll(folder, file), "Cannot read the image " + folder.resolve(file));
            assertFalse(e.getMessage().contains("Secret"), e.getMessage());
        }
    }

    private static void readAll(Path folder, String file) throws IOException {
        try (FileTree tree = FileTree.open(folder); ScanFile scans = ScanFile.open(tree, file)) {
            for (int i = 0; i < scans.slices(); i++) slice(scans, i);
        }
    }

    @Test
    void nothingOfThePatientIsPrinted() throws IOException {
        try (FileTree tree = FileTree.open(FORMATS); ScanFile scans = ScanFile.open(tree, "bscans.vol")) {
            assertFalse(scans.toString().contains("Secret"));
            assertTrue(new String(Files.readAllBytes(FORMATS.resolve("bscans.vol")),
                    java.nio.charset.StandardCharsets.ISO_8859_1).contains("Secret Person"));
        }
    }

    @Test
    void whatIsNotReadSaysHowToExport() {
        FileTree tree = FileTree.open(FORMATS);
        assertFails(() -> ScanFile.open(tree, "a/scan.e2e"), "scan.e2e", "export the B-scans");
        assertFails(() -> ScanFile.open(tree, "a/scan.dcm"), "scan.dcm", "there is no such file");
        assertFails(() -> ScanFile.open(tree, "make.py"), "make.py", "nii.gz", "vol");
        assertFails(() -> ScanFile.open(tree, "none.vol"), "none.vol", "there is no such file");
        assertFails(() -> ScanFile.open(tree, "none.tif"), "none.tif", "there is no such file");
    }

    @Test
    void endingsAndStems() {
        assertEquals("nii.gz", ScanFile.ending("a.b/C.NII.GZ"));
        assertEquals("C", ScanFile.stem("a.b/C.NII.GZ"));
        assertEquals("x.y", ScanFile.stem("x.y.png"));
        assertEquals("1.2.840.10", ScanFile.stem("a/1.2.840.10"));
        assertEquals("", FileTree.parent("x.png"));
        assertEquals("a/b", FileTree.parent("a/b/x.png"));
    }
}
