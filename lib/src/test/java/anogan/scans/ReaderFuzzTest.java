package anogan.scans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.UserError;
import anogan.io.Mutation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to a file, reading it gives pictures or a {@link UserError}: no other exception, no hang, no memory
 * that is not there (the tests have 1 GB), no file anywhere else. 2,000 damaged copies of every fixture, the same in
 * every run.
 */
class ReaderFuzzTest {
    private static final Path FORMATS = Path.of("src/test/resources/formats");
    private static final int MUTANTS = 2000;
    private static final Duration LIMIT = Duration.ofSeconds(30);   // for one of them: a hang, not a slow machine
    private static final SplitOptions OPTIONS = SplitOptions.defaults().withNormalClasses(List.of("0", "NORMAL"));
    @TempDir
    Path folder;

    private interface Reader {
        void read(Path file) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stack8.tif", "stack16.tif", "plain.nii", "scaled.nii.gz", "window.nii", "bscans.vol"})
    void volumes(String name) throws IOException {
        fuzz(Files.readAllBytes(FORMATS.resolve(name)), name, ReaderFuzzTest::readScans);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp", "tif"})
    void pictures(String format) throws IOException {
        BufferedImage image = new BufferedImage(24, 16,
                format.equals("gif") ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 24 * 16; i++) image.setRGB(i % 24, i / 24, i * 0x030507);
        Path file = folder.resolve("seed." + format);
        assertTrue(ImageIO.write(image, format, file.toFile()));
        byte[] seed = Files.readAllBytes(file);
        Files.delete(file);
        fuzz(seed, "scan." + format, ReaderFuzzTest::readScans);
    }

    /** One of each new way through the readers; fewer mutants of each, for there are many. */
    @ParameterizedTest
    @ValueSource(strings = {"cmyk-mixed.jpg", "ycck.jpg", "lossless.jpg", "turned-6.jpg", "sbit-8-of-16.png",
            "turned-6.png", "bigtiff-16-lzw-big.tif", "tiled-16-deflate-little.tif",
            "float32-deflate-predictor-big.tif", "12-bits.tif", "cmyk-lzw.tif", "jpeg-ycbcr.tif", "fax.tif",
            "grey.webp", "rgba-lossless.webp", "p2.pgm", "p4.pbm", "p6-16.ppm", "float16.npy", "int64.nii",
            "no-ending-grey-8-none-tif", "rgb-other-icc.jpg", "other-icc.webp", "rgba-associated.tif"})
    void formats(String name) throws IOException {
        try (FileTree tree = FileTree.open(FORMATS.resolve("pictures/pictures.zip"))) {
            fuzz(tree.bytes(name), name, MUTANTS / 8, ReaderFuzzTest::readNumbers);
        }
    }

    @Test
    void jpeg2000() throws IOException {
        try (FileTree tree = FileTree.open(FORMATS.resolve("pictures/refused.zip"))) {
            fuzz(tree.bytes("named.png"), "scan.jp2", MUTANTS / 4, ReaderFuzzTest::readNumbers);
        }
    }

    /** Each packing and each way of writing elements. */
    @ParameterizedTest
    @ValueSource(strings = {"explicit.dcm", "implicit.dcm", "big-endian.dcm", "deflated.dcm", "volume-undefined.dcm",
            "volume-rle.dcm", "fragments.dcm", "fragments-no-table.dcm", "rescaled.dcm", "palette.dcm", "ybr-422.dcm",
            "baseline.dcm", "sixteen-lossless.dcm", "jpeg2000.dcm", "jpeg2000-boxes.dcm", "jpeg2000-lossy.dcm",
            "jpeg2000-rgb.dcm"})
    void dicom(String name) throws IOException {
        try (FileTree tree = FileTree.open(FORMATS.resolve("dicom/dicom.zip"))) {
            fuzz(tree.bytes(name), name, MUTANTS / 4, ReaderFuzzTest::readNumbers);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu.tar.gz", "pax.tar.gz", "ustar.tar", "names.zip"})
    void archives(String name) throws IOException {
        fuzz(Files.readAllBytes(FORMATS.resolve(name)), name, file -> {
            try (FileTree tree = FileTree.open(file)) {
                for (String entry : tree.files()) readEntry(tree, entry);
            }
        });
    }

    private static void readEntry(FileTree tree, String entry) {
        try {
            tree.bytes(entry);
        } catch (IOException e) {
            ScanFile.unreadable(tree, entry, e);   // what every reader makes of it
        }
    }

    @Test
    void medMnist() throws IOException {
        fuzz(Files.readAllBytes(FORMATS.resolve("medmnist.npz")), "medmnist.npz",
                file -> readAll(new ArrayScans(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte",
            "t10k-labels-idx1-ubyte"})
    void idx(String name) throws IOException {
        for (String part : List.of("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte",
                "t10k-labels-idx1-ubyte")) {
            if (!part.equals(name)) Files.copy(FORMATS.resolve(part), folder.resolve(part));
        }
        fuzz(Files.readAllBytes(FORMATS.resolve(name)), name, file -> readAll(new ArrayScans(folder)));
    }

    @Test
    void manifests() throws IOException {
        for (int i = 0; i < 8; i++) GrayImage.black(8, 8).writePng(folder.resolve(i + ".png"));
        StringBuilder csv = new StringBuilder("path,class,patient,mask,split\n");
        for (int i = 0; i < 4; i++)
            csv.append(i + ".png,NORMAL,p" + i + ",,train\n\"" + (4 + i) + ".png\",AMD,q,0.png,test\n");
        fuzz(csv.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), "t.csv",
                file -> readAll(new ManifestScans(file)));
    }

    /** A whole folder with one damaged scan: listed or skipped, never the end of everything. */
    @Test
    void foldersWithADamagedVolume() throws IOException {
        for (int i = 0; i < 3; i++) GrayImage.black(8, 8).writePng(folder.resolve("s/NORMAL/a-" + i + "-1.png"));
        byte[] seed = Files.readAllBytes(FORMATS.resolve("stack8.tif"));
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            Files.createDirectories(folder.resolve("s/DME"));
            Files.write(folder.resolve("s/DME/a-9-1.tif"), Mutation.of(seed, random, 1 + random.nextInt(8)));
            try (Scans.Listing listing = Scans.folder(folder.resolve("s")).list(OPTIONS)) {
                assertTrue(listing.scans().size() >= 3 && listing.scans().size() + listing.skipped().size() >= 4);
            }
            Files.delete(folder.resolve("s/DME/a-9-1.tif"));
        }
    }

    private static void readScans(Path file) throws IOException {
        try (FileTree tree = new FolderTree(file.getParent());
                ScanFile scans = ScanFile.open(tree, file.getFileName().toString())) {
            for (int i = 0; i < Math.min(20, scans.slices()); i++)
                assertTrue(scans.samples(i).grey().pixels().length > 0);
        }
    }

    private static void readNumbers(Path file) throws IOException {
        try (FileTree tree = new FolderTree(file.getParent());
                ScanFile scans = ScanFile.open(tree, file.getFileName().toString())) {
            for (int i = 0; i < Math.min(20, scans.slices()); i++) assertTrue(scans.samples(i).values().length > 0);
        }
    }

    private static void readAll(Scans source) {
        try (Scans.Listing listing = source.list(OPTIONS)) {
            for (Scans.Listed s : listing.scans()) s.read().get();
        }
    }

    private void fuzz(byte[] seed, String name, Reader reader) throws IOException {
        fuzz(seed, name, MUTANTS, reader);
    }

    private void fuzz(byte[] seed, String name, int mutants, Reader reader) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, seed);
        reader.read(file);   // it is whole to begin with
        List<String> before = names();
        Random random = new Random(20170317);
        int refused = 0;
        for (int i = 0; i < mutants; i++) {
            byte[] mutant = Mutation.of(seed, random, 1 + random.nextInt(12));
            Files.delete(file);   // overwriting it would force each to disk
            Files.write(file, mutant);
            try {
                assertTimeoutPreemptively(LIMIT, () -> reader.read(file));
            } catch (UserError e) {
                refused++;
                String said = e.getMessage();
                assertFalse(said.contains("null") || said.contains("java.") || said.contains("Exception"),
                        i + ": " + said);
            } catch (Throwable e) {
                throw new AssertionError("mutant " + i + " of " + name, e);
            }
        }
        assertTrue(refused > mutants / 20,
                refused + " of " + mutants + " were refused: the damage is too small to test anything");
        assertEquals(before, names(), "a file was written");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(Path::toString).sorted().toList();
        }
    }
}
