package anogan.scans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Some 250 small pictures of every kind, and what Pillow, tifffile, NumPy and nibabel read in them
 * (formats/pictures/make.py).
 */
class PictureFormatsTest {
    private static final Path FOLDER = Path.of("src/test/resources/formats/pictures");
    private static final Map<String, FloatArray> EXPECTED = Npy.readZip(FOLDER.resolve("expected.npz"));

    @TempDir
    Path folder;

    /** Grey values within one of 255; numbers without an agreed white as they are. */
    @Test
    void everyPictureIsWhatOtherProgramsReadInIt() throws IOException {
        List<String> wrong = new ArrayList<>();
        try (FileTree tree = FileTree.open(FOLDER.resolve("pictures.zip"))) {
            List<String> files = tree.files();
            assertTrue(files.size() >= 250, files.size() + " pictures");
            for (int i = 0; i < files.size(); i++) {
                try (ScanFile scan = ScanFile.open(tree, files.get(i))) {
                    assertEquals(1, scan.slices(), files.get(i));
                    compare(files.get(i), i, scan.samples(0), wrong);
                } catch (UserError e) {
                    wrong.add(files.get(i) + ": " + e.getMessage());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Pages, slices and images are scans of their own; thumbnails, pyramids and masks of opacity are none. */
    @Test
    void severalPicturesInAFile() throws IOException {
        Map<String, FloatArray> slices = Npy.readZip(FOLDER.resolve("slices.npz"));
        try (FileTree tree = FileTree.open(FOLDER.resolve("stacks.zip"))) {
            assertEquals(slices.keySet(), Set.copyOf(tree.files()));
            for (String file : tree.files()) {
                try (ScanFile scan = ScanFile.open(tree, file)) {
                    int[] shape = slices.get(file).shape();
                    assertEquals(shape[0], scan.slices(), file);
                    for (int i = 0; i < scan.slices(); i++) {
                        GrayImage grey = scan.samples(i).grey();
                        assertEquals(shape[1], grey.height(), file);
                        int n = shape[1] * shape[2];
                        assertArrayEquals(Arrays.copyOfRange(slices.get(file).data(), i * n, (i + 1) * n),
                                grey.pixels(), 1, file + ", " + i);
                    }
                }
            }
        }
    }

    /** A scan and its mask are turned alike, whatever each says by its EXIF block or its TIFF tag. */
    @ParameterizedTest
    @CsvSource({"png, tif", "tif, png", "webp, tif", "png, png"})
    void scanAndMaskAreTurnedAlike(String scan, String mask) throws IOException {
        Path root = folder.resolve("scans");
        try (FileTree tree = FileTree.open(FOLDER.resolve("pictures.zip"))) {
            for (int o : new int[] {3, 6, 8}) {
                String name = "DME/DME-p" + o + "-1";
                Files.createDirectories(root.resolve("masks/DME"));
                Files.createDirectories(root.resolve("DME"));
                Files.write(root.resolve(name + "." + scan), tree.bytes("turned-" + o + "." + scan));
                Files.write(root.resolve("masks/" + name + "_mask." + mask), tree.bytes("mask-" + o + "." + mask));
            }
        }
        GrayImage.black(8, 8).writePng(root.resolve("NORMAL/NORMAL-p9-1.png"));
        GrayImage.black(8, 8).writePng(root.resolve("NORMAL/NORMAL-p10-1.png"));
        GrayImage.black(8, 8).writePng(root.resolve("NORMAL/NORMAL-p11-1.png"));
        try (Scans.Listing listing = Scans.folder(root).list(SplitOptions.defaults())) {
            int masked = 0;
            for (Scans.Listed listed : listing.scans()) {
                if (!listed.className().equals("DME")) continue;
                Scans.Pixels pixels = listed.read().get();   // throws where extents differ
                float[] grey = pixels.image().pixels();
                for (int i = 0; i < grey.length; i++)
                    assertEquals(grey[i] > 100.5 ? 255 : 0, pixels.mask().orElseThrow().pixels()[i]);
                masked++;
            }
            assertEquals(3, masked);
        }
    }

    /** In boxes and as a bare stream, grey, deep and in colours; the same numbers as Pillow put in. */
    @Test
    void jpeg2000IsReadByItsContent() throws IOException {
        try (FileTree refused = FileTree.open(FOLDER.resolve("refused.zip"));
                FileTree pictures = FileTree.open(FOLDER.resolve("pictures.zip"));
                FileTree dicom = FileTree.open(Path.of("src/test/resources/formats/dicom/dicom.zip"))) {
            byte[] boxes = refused.bytes("named.png");
            for (String name : List.of("scan.jp2", "named.png", "scan.j2k", "scan"))
                assertArrayEquals(samples(tree(pictures.bytes("grey-8.png"), "g.png"), "g.png").values(),
                        samples(tree(boxes, name), name).values(), name);
            Map<String, FloatArray> expected = Npy.readZip(Path.of("src/test/resources/formats/dicom/expected.npz"));
            for (String file : List.of("jpeg2000-sixteen.dcm", "jpeg2000-rgb.dcm", "jpeg2000.dcm")) {
                byte[] stream = stream(dicom.bytes(file));
                FloatArray own = expected.entrySet().stream()
                        .filter(e -> Arrays.asList(e.getKey().split(" ")).contains(file)).findFirst().orElseThrow()
                        .getValue();
                Samples found = samples(tree(stream, "s.j2k"), "s.j2k");
                assertArrayEquals(own.data(), found.values(), file);
                assertEquals(file.contains("sixteen") ? NumberType.UINT16 : NumberType.UINT8, found.type(), file);
            }
            // palette and colours that are not read are told by their boxes: a letter of its own for each
            byte[] odd = boxes.clone();
            odd[new String(boxes, StandardCharsets.ISO_8859_1).indexOf("colr") + 10] = 18;   // sYCC
            assertTrue(said(odd).contains("neither grey nor RGB"), said(odd));
            byte[] indexed = new String(boxes, StandardCharsets.ISO_8859_1).replace("colr", "pclr")
                    .getBytes(StandardCharsets.ISO_8859_1);
            assertTrue(said(indexed).contains("palette"), said(indexed));
        }
    }

    private FileTree tree(byte[] content, String name) throws IOException {
        Files.write(folder.resolve(name), content);
        return new FolderTree(folder);
    }

    private static Samples samples(FileTree tree, String name) throws IOException {
        try (tree; ScanFile scan = ScanFile.open(tree, name)) {
            return scan.samples(0);
        }
    }

    private String said(byte[] content) {
        return assertThrows(UserError.class, () -> samples(tree(content, "odd.jp2"), "odd.jp2")).getMessage();
    }

    /** The one packed picture of a DICOM file, as a bare stream. */
    private static byte[] stream(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        return Arrays.copyOfRange(file, text.indexOf("\u00ffO\u00ffQ"), text.lastIndexOf("\u00ff\u00d9") + 2);
    }

    /** What is not read says what it is; "damaged" would send its owner to look for the wrong thing. */
    @ParameterizedTest
    @CsvSource({"complex.tif, complex", "int64.tif, 64 bits", "lab.tif, CIELab", "zstd.tif, ompression",
            "jpeg2000.tif, ompression", "webp.tif, ompression", "jpegxl.tif, ompression", "five-channels.tif, channels",
            "twelve.jpg, ", "also.png, AVIF", "unnamed, cut short", "moving.gif, 2 pictures", "moving.png, 2 pictures",
            "moving.webp, 2 pictures", "complex.npy, <c8", "text.npy, element type", "fortran.npy, ascontiguousarray",
            "line.npy, shape", "five.npy, shape", "rgb.nii, NIfTI type 128", "vectors.nii, cannot be slices",
            "second.nii, NIfTI-2"})
    void whatIsRefusedIsCalledByItsName(String file, String reason) throws IOException {
        try (FileTree tree = FileTree.open(FOLDER.resolve("refused.zip"))) {
            String said = assertThrows(UserError.class, () -> {
                try (ScanFile scan = ScanFile.open(tree, file)) {
                    scan.samples(0);
                }
            }).getMessage();
            assertTrue(said.contains(file) && said.contains(reason == null ? "" : reason), said);
            assertFalse(said.contains("damaged"), said);
        }
    }

    private static void compare(String file, int index, Samples samples, List<String> wrong) {
        int n = samples.height() * samples.width();
        int height = (int) EXPECTED.get("height").data()[index];
        boolean grey = EXPECTED.get("grey").data()[index] == 1;
        float[] expected = Arrays.copyOfRange(EXPECTED.get("values").data(), index * n, (index + 1) * n);
        if (samples.height() != height) wrong.add(file + ": " + samples.height() + " rows in place of " + height);
        float[] found = grey ? samples.grey().pixels() : samples.values();
        for (int i = 0; i < n; i++) {
            double bound = grey ? 1.001 : Math.abs(expected[i]) * 1e-6;
            if (Math.abs(found[i] - expected[i]) <= bound) continue;
            wrong.add(file + ": at " + i + " " + found[i] + " in place of " + expected[i]);
            return;
        }
    }
}
