package anogan.scans;

import static anogan.Sentences.assertFails;
import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import anogan.io.Csv;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.patches.ScanInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every layout: which scan is whose, of what class and for what; with what is wrong with each data set as it is
 * published.
 */
class SourcesTest {
    private static final Path FORMATS = Path.of("src/test/resources/formats");
    private static final Path SHARED = Path.of("../../shared/data");
    private static final SplitOptions OPTIONS = SplitOptions.defaults();
    @TempDir
    Path folder;

    /** A picture of one grey value, so that it is known again. */
    private void picture(String path, int grey) {
        GrayImage image = GrayImage.black(12, 16);
        Arrays.fill(image.pixels(), grey);
        image.writePng(folder.resolve(path));
    }

    private static Map<String, Scans.Listed> byFile(Scans.Listing listing) {
        return listing.scans().stream()
                .collect(Collectors.toMap(Scans.Listed::file, s -> s, (a, b) -> a, TreeMap::new));
    }

    private static float grey(Scans.Listed scan) {
        return scan.read().get().image().at(0, 0);
    }

    /** A pattern that a layout does not look at is not dropped in silence. */
    @Test
    void patternsAreRefusedWherePathsAreNotAsked() {
        for (Layout layout : Layout.values()) {
            if (layout == Layout.phantom) continue;
            boolean byPaths = layout == Layout.folder || layout == Layout.oct2017;
            if (!byPaths)
                assertRefused(() -> Scans.of(layout, folder, Naming.defaults().withClasses("{class}/{slice}")),
                        "option class has no effect", layout.name(), "Leave it out");
            if (!byPaths && layout != Layout.mvtec && layout != Layout.bmad)
                assertRefused(() -> Scans.of(layout, folder, Naming.defaults().withPatients("{patient}/{slice}")),
                        "option patient has no effect", layout.name());
        }
        Scans.of(Layout.folder, folder, new Naming(Optional.of("{class}/{slice}"), Optional.of("{patient}/{slice}")));
        Scans.of(Layout.bmad, folder, Naming.defaults().withPatients("{patient}/{slice}"));
    }

    /**
     * The folder with a trailing blank, the patient on both sides, the classes; and the same from a zip and a tar.gz,
     * bit for bit.
     */
    @Test
    void oct2017IsSplitByPatientAndSaysSo() throws IOException {
        int grey = 0;
        List<String> files = new ArrayList<>();
        for (int patient = 1; patient <= 9; patient++) files.add("OCT2017 /train/NORMAL/NORMAL-" + patient + "-1.png");
        files.addAll(List.of("OCT2017 /test/NORMAL/NORMAL-3-2.png", "OCT2017 /test/CNV/CNV-77-1.png",
                "OCT2017 /train/CNV/CNV-77-2.png", "OCT2017 /val/DME/DME-88-1.png"));
        for (String file : files) picture("scans/" + file, grey += 10);
        Path zip = folder.resolve("OCT2017.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String file : files) {
                out.putNextEntry(new ZipEntry(file));
                Files.copy(folder.resolve("scans").resolve(file), out);
            }
            out.putNextEntry(new ZipEntry("__MACOSX/OCT2017 /train/NORMAL/._NORMAL-1-1.png"));
            out.write(1);
        }
        Path tar = Tar.of(folder.resolve("OCT2017.tar.gz"), folder.resolve("scans"), files);
        for (Path root : List.of(folder.resolve("scans"), zip, tar)) {
            try (Scans.Listing listing = Scans.of(Layout.oct2017, root).list(OPTIONS)) {
                Map<String, Scans.Listed> scans = byFile(listing);
                assertEquals(new TreeSet<>(files), scans.keySet());
                assertEquals(
                        "The folders test, train, val were put together and split anew, by patient: 2 of 11 patients "
                                + "have scans in more than one of them.",
                        listing.notes().get(0));
                assertTrue(listing.notes().get(1).startsWith("Patients by the second field of a file's name"),
                        listing.notes().toString());
                assertTrue(listing.notes().contains("test: 2 scans (CNV) of 1 patient: 77"),
                        listing.notes().toString());
                assertEquals(List.of(), listing.doubts());
                assertEquals(scans.get("OCT2017 /train/NORMAL/NORMAL-3-1.png").split(),
                        scans.get("OCT2017 /test/NORMAL/NORMAL-3-2.png").split());
                assertEquals(Split.TEST, scans.get("OCT2017 /train/CNV/CNV-77-2.png").split());
                assertEquals("CNV", scans.get("OCT2017 /train/CNV/CNV-77-2.png").className());
                assertEquals("77", scans.get("OCT2017 /train/CNV/CNV-77-2.png").group());
                for (int i = 0; i < files.size(); i++)
                    assertEquals(10 * (i + 1), grey(scans.get(files.get(i))), root + " " + files.get(i));
            }
        }
    }

    @Test
    void mvtecKeepsItsSplitAndFindsItsMasks() {
        for (int i = 0; i < 8; i++) picture("bottle/train/good/00" + i + ".png", i);
        picture("bottle/test/good/000.png", 20);
        picture("bottle/test/broken_large/000.png", 30);
        picture("bottle/test/broken_large/001.png", 31);
        picture("bottle/ground_truth/broken_large/000_mask.png", 255);
        Map<String, Scans.Listed> scans = byFile(Scans.of(Layout.bmad, folder.resolve("bottle")).list(OPTIONS));
        assertEquals(11, scans.size());
        assertEquals(Split.TEST, scans.get("test/good/000.png").split());
        assertEquals("broken_large", scans.get("test/broken_large/000.png").className());
        assertEquals(255, scans.get("test/broken_large/000.png").read().get().mask().orElseThrow().at(0, 0));
        assertEquals(Optional.empty(), scans.get("test/broken_large/001.png").read().get().mask());
        assertEquals(20, grey(scans.get("test/good/000.png")));
        Set<Split> trained = scans.values().stream().filter(s -> s.file().startsWith("train")).map(Scans.Listed::split)
                .collect(Collectors.toSet());
        assertEquals(Set.of(Split.TRAIN, Split.VALIDATION), trained);
        assertEquals(11, scans.values().stream().map(Scans.Listed::group).distinct().count(),
                "numbers that come in every folder are not one patient");
        for (int i = 0; i < 3; i++) picture("cable/train/good/00" + i + ".png", i);
        assertFails(() -> Scans.of(Layout.bmad, folder).list(OPTIONS), "several data sets", "bottle/", "cable/");
        assertFails(() -> Scans.of(Layout.bmad, folder.resolve("bottle/train")).list(OPTIONS),
                "neither as MVTec AD nor as BMAD", "option layout folder");
    }

    /** All masks of a scan's folder together; masks by plain names, as anomalib has them; what is no scan is told. */
    @Test
    void masksOfMvtecLocoAndAnomalibAreFound() throws IOException {
        for (int i = 0; i < 4; i++) picture("train/good/00" + i + ".png", i);
        picture("test/good/000.png", 20);
        picture("test/structural/000.png", 30);
        picture("test/structural/001.png", 31);
        half("ground_truth/structural/000/000.png", 0, 4);
        half("ground_truth/structural/000/001.png", 8, 12);
        half("ground_truth/structural/001.png", 0, 12);
        half("ground_truth/structural/007.png", 0, 12);
        picture("other/000.png", 1);
        Files.writeString(folder.resolve("license.txt"), "CC");
        Files.writeString(folder.resolve("train/good/004.heic"), "heic");
        try (Scans.Listing listing = Scans.of(Layout.mvtec, folder).list(OPTIONS)) {
            Map<String, Scans.Listed> scans = byFile(listing);
            GrayImage two = scans.get("test/structural/000.png").read().get().mask().orElseThrow();
            for (int row = 0; row < 12; row++)
                assertEquals(row < 4 || row >= 8 ? 255 : 0, two.at(row, 3), "row " + row);
            assertEquals(255, scans.get("test/structural/001.png").read().get().mask().orElseThrow().at(11, 3));
            assertEquals("1 .heic, 1 mask without a scan, 1 outside the layout", Skipped.counts(listing.skipped()));
            assertEquals(List.of("Files that are no pictures: 1 .txt."), listing.notes());
            assertEquals(7, scans.size());
        }
    }

    /** A picture, such as a mask, that is white from a row to another. */
    private void half(String path, int from, int to) {
        GrayImage mask = GrayImage.black(12, 16);
        Arrays.fill(mask.pixels(), from * 16, to * 16, 255);
        mask.writePng(folder.resolve(path));
    }

    /** The folder layout of anomalib, with masks in each of the ways that people lay them out. */
    @Test
    void masksOfFoldersAreFoundByPathClassOrName() throws IOException {
        for (int i = 0; i < 6; i++) picture("normal/00" + i + ".png", i);
        Map<String, String> masks = Map.of("abnormal/000.png", "mask/000.png", "abnormal/001.png", "masks/001_mask.png",
                "abnormal/002.png", "abnormal/masks/002.png", "abnormal/003.png", "ground_truth/abnormal/003.png",
                "abnormal/004.png", "abnormal/004_mask.png", "abnormal/005.png", "Masks/abnormal/005-mask.png",
                "DME/anna/001.png", "masks/DME/anna/001.png", "DME/ben/001.png", "DME/ben/mask/001_mask.png");
        masks.forEach((scan, mask) -> {
            picture(scan, 50);
            picture(mask, 255);
        });
        picture("abnormal/006.png", 50);
        picture("mask/009.png", 255);
        picture("masks/006.png", 255);
        picture("mask/006.png", 255);
        try (Scans.Listing listing = Scans.folder(folder).list(OPTIONS)) {
            Map<String, Scans.Listed> scans = byFile(listing);
            masks.forEach((scan, mask) -> assertTrue(scans.get(scan).read().get().mask().isPresent(), scan));
            for (int i = 0; i < 6; i++)
                assertEquals(Optional.empty(), scans.get("normal/00" + i + ".png").read().get().mask());
            assertEquals(List.of("mask/009.png mask without a scan", "masks/006.png second mask"),
                    listing.skipped().stream().map(s -> s.file() + " " + s.kind()).toList());
        }
    }

    /** Every file below the root is a scan, a mask, named with its reason, or counted. */
    @Test
    void everyFileOfATreeIsAccountedFor() throws IOException {
        for (int i = 0; i < 4; i++) picture("NORMAL/NORMAL-" + i + "-1.png", i);
        picture("DME/DME-7-1.png", 50);
        Map<String, String> others = new TreeMap<>();
        for (String ending : List.of("mat", "zip", "avi", "E2E", "heic"))
            others.put("DME/DME-8-1." + ending, "." + ending.toLowerCase(java.util.Locale.ROOT));
        others.put("DME/DME-8-1.dcm", "not readable");
        others.put("DME/DME-8-1", "without ending");
        others.put("DME/DME-7-1_thumb.jpg", "thumbnail");
        others.put("NORMAL/thumbs/NORMAL-1-1.jpg", "thumbnail");
        others.put("overview.png", "without a class");
        List<String> quiet = List.of(".DS_Store", "NORMAL/Thumbs.db", "NORMAL/._NORMAL-1-1.png",
                "__MACOSX/NORMAL/a.png", ".git/x.png", "@eaDir/NORMAL/a.png", "README", "readme.txt", "NORMAL/list.csv",
                "paper.pdf", "LICENSE");
        for (String file : Stream.concat(others.keySet().stream(), quiet.stream()).toList()) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), "x");
        }
        Files.createSymbolicLink(folder.resolve("DME/DME-9-1.png"), folder.resolve("nowhere.png"));
        others.put("DME/DME-9-1.png", "link");
        try (Scans.Listing listing = Scans.folder(folder).list(OPTIONS)) {
            assertEquals(others, listing.skipped().stream()
                    .collect(Collectors.toMap(Skipped::file, Skipped::kind, (a, b) -> a + " and " + b, TreeMap::new)));
            assertEquals(5, listing.scans().size());
            assertTrue(
                    listing.notes().contains("Files that are no pictures: 1 .csv, 1 .pdf, 1 .txt, 6 hidden, 2 text."),
                    listing.notes().toString());
            assertEquals(List.of(), listing.doubts());
        }
    }

    @Test
    void bmadSetsThresholdsOnItsValidGoodScans() {
        for (int i = 0; i < 4; i++) picture("RESC/train/good/img/a_" + i + ".png", i);
        picture("RESC/valid/good/img/b_1.png", 40);
        picture("RESC/valid/Ungood/img/b_2.png", 41);
        picture("RESC/valid/Ungood/anomaly_mask/b_2.png", 255);
        picture("RESC/test/good/img/c_1.png", 50);
        picture("RESC/test/Ungood/img/c_1.png", 51);
        picture("RESC/test/Ungood/anomaly_mask/c_1.png", 1);
        picture("RESC/test/Ungood/img/a_9.png", 52);
        Scans.Listing listing = Scans.of(Layout.bmad, folder.resolve("RESC")).list(OPTIONS);
        Map<String, Scans.Listed> scans = byFile(listing);
        assertEquals(Split.VALIDATION, scans.get("valid/good/img/b_1.png").split());
        assertEquals(4, scans.values().stream().filter(s -> s.split() == Split.TRAIN).count(),
                "nothing is held out when there are validation scans");
        assertEquals(List.of("valid/Ungood/img/b_2.png"), listing.skipped().stream().map(Skipped::file).toList());
        assertEquals(255, scans.get("test/Ungood/img/c_1.png").read().get().mask().orElseThrow().at(0, 0));
        assertEquals(Optional.empty(), scans.get("test/good/img/c_1.png").read().get().mask());
        Scans.Listing byPatient = Scans
                .of(Layout.bmad, folder.resolve("RESC"), Naming.defaults().withPatients("^([a-z])"))
                .list(OPTIONS.withSeed(1));
        assertTrue(
                byPatient.skipped().stream()
                        .anyMatch(s -> s.file().equals("test/Ungood/img/a_9.png") && s.reason().contains("trained on")),
                byPatient.skipped().toString());
    }

    @Test
    void aManifestSaysEverythingItself() throws IOException {
        for (int i = 0; i < 6; i++) picture("data/x/" + i + ".png", 10 * i);
        picture("elsewhere/ill, \"very\".png", 99);
        picture("elsewhere/m.png", 255);
        StringBuilder csv = new StringBuilder("\uFEFFpath,class,patient,mask,age,label\n");
        for (int i = 0; i < 6; i++) csv.append("x/" + i + ".png,NORMAL,p" + i / 2 + ",,6" + i + ",7\n");
        csv.append(Csv.line(folder.resolve("elsewhere/ill, \"very\".png"), "DME", "q", "../elsewhere/m.png", 70, 1));
        csv.append("x/none.png,NORMAL,p1,,60,0\nx/scan.e2e,NORMAL,p1,,60,0\n");
        Files.writeString(folder.resolve("data/scans.csv"), csv);
        Scans.Listing listing = new ManifestScans(folder.resolve("data/scans.csv")).list(OPTIONS);
        Map<String, Scans.Listed> scans = byFile(listing);
        Scans.Listed ill = scans.get(folder.resolve("elsewhere/ill, \"very\".png").toString());
        assertEquals(99, grey(ill));
        assertEquals(255, ill.read().get().mask().orElseThrow().at(5, 5));
        assertEquals(Map.of("age", "70"), ill.attributes(),
                "columns that the prepared folder has itself are not doubled");
        assertEquals(Split.TEST, ill.split());
        assertEquals(scans.get("x/0.png").split(), scans.get("x/1.png").split());
        assertEquals(Set.of(Split.values()),
                scans.values().stream().map(Scans.Listed::split).collect(Collectors.toSet()));
        assertTrue(listing.skipped().get(0).reason().contains("export the B-scans"), listing.skipped().toString());
        assertFails(() -> scans.get("x/none.png").read().get(), "x/none.png", "there is no such file");
    }

    @Test
    void aManifestsOwnSplitIsKeptUnlessItLeaks() throws IOException {
        for (int i = 0; i < 6; i++) picture(i + ".png", i);
        Path table = folder.resolve("t.csv");
        String rows = "path,class,patient,split\n0.png,NO,a,train\n1.png,NO,b,Training\n2.png,NO,c,val\n"
                + "3.png,NO,a,test\n4.png,AMD,d,test\n5.png,AMD,e,train\n";
        Files.writeString(table, rows);
        Scans.Listing listing = new ManifestScans(table).list(OPTIONS);
        assertEquals("{0.png=TRAIN, 1.png=TRAIN, 2.png=VALIDATION, 4.png=TEST}",
                byFile(listing).entrySet().stream().collect(
                        Collectors.toMap(Map.Entry::getKey, e -> e.getValue().split(), (a, b) -> a, TreeMap::new))
                        .toString());
        assertEquals("[3.png: its group a is trained on, 5.png: an anomalous scan in the training split]",
                listing.skipped().stream().map(s -> s.file() + ": " + s.reason()).toList().toString());
        assertEquals("1 of 5 patients are on both sides of the split that the data set gives (a): their test scans are "
                + "left out.", listing.notes().get(0));
        Files.writeString(table, rows.replace("c,val", "c,tset"));
        assertFails(() -> new ManifestScans(table).list(OPTIONS), "row 4", "\"tset\"", "train, validation or test");
        Files.writeString(table, rows.replace("NO,b", "NO,"));
        assertFails(() -> new ManifestScans(table).list(OPTIONS), "row 3", "column patient is empty");
        Files.writeString(table, "path,class\n0.png,NO\n");
        assertFails(() -> new ManifestScans(table).list(OPTIONS), "no column \"patient\"");
        assertFails(() -> new ManifestScans(folder.resolve("none.csv")).list(OPTIONS), "There is no table");
    }

    /**
     * Pictures that a table joins to a volume are slices as those of a volume's file are; a column that means something
     * else is not taken for one.
     */
    @Test
    void aManifestJoinsPicturesToVolumes() throws IOException {
        for (int i = 0; i < 6; i++) picture(i + ".png", 10 * i);
        Path table = folder.resolve("t.csv");
        String rows = "path,class,patient,volume,slice\n0.png,NO,a,a-od,1\n1.png,NO,a,a-od,0\n2.png,NO,b,,\n"
                + "3.png,NO,c,,\n4.png,DME,d,d-os,000\n";
        Files.writeString(table, rows);
        Map<String, Scans.Listed> scans = byFile(new ManifestScans(table).list(OPTIONS));
        assertEquals(Map.of("volume", "a-od", "slice", "1"), scans.get("0.png").attributes());
        Files.writeString(table, rows.replace("a-od,0", "a-od,left"));
        assertFails(() -> new ManifestScans(table).list(OPTIONS), "row 3", "the slice is \"left\"", "number from 0",
                "Name the column otherwise");
        Files.writeString(table, rows.replace("a-od,0", ",0"));
        assertFails(() -> new ManifestScans(table).list(OPTIONS), "row 3", "beside a volume");
    }

    /** Arrays that NumPy wrote; label 2 is a class of the test images alone. */
    @Test
    void medMnistIsStreamedWithItsLabels() {
        Map<String, FloatArray> expected = Npy.readZip(FORMATS.resolve("expected.npz"));
        SplitOptions zero = SplitOptions.defaults().withNormalClasses(List.of("0"));
        try (Scans.Listing listing = new ArrayScans(FORMATS.resolve("medmnist.npz")).list(zero)) {
            assertEquals(
                    List.of("train_images.npy: 1 images of class 1: anomalous in the train split",
                            "train_images.npy: 1 images of class 2: anomalous in the train split"),
                    listing.skipped().stream().map(s -> s.file() + ": " + s.reason()).toList());
            assertEquals("[0, 0, 0, 0, 0, 1, 2, 0]",
                    listing.scans().stream().map(Scans.Listed::className).toList().toString());
            for (Scans.Listed s : listing.scans()) {
                int i = Integer.parseInt(s.scan().replaceAll("\\D", ""));
                float[] all = expected.get(s.split() == Split.TEST ? "test" : "train").data();
                assertArrayEquals(Arrays.copyOfRange(all, 64 * i, 64 * i + 64), s.read().get().image().pixels(), 1e-3f,
                        s.scan());
            }
        }
    }

    @Test
    void arraysThatCannotBeTrustedAreRefused() throws IOException {
        assertFails(() -> new ArrayScans(FORMATS.resolve("pickled.npz")).list(OPTIONS), "pickled.npz, train_images.npy",
                "pickled Python objects, which are never read");
        Npy.writeZip(folder.resolve("other.npz"), Map.of("weights", FloatArray.zeros(2, 2)));
        assertFails(() -> new ArrayScans(folder.resolve("other.npz")).list(OPTIONS), "no train and test arrays",
                "train_images.npy");
        assertFails(() -> new ArrayScans(folder.resolve("none.npz")).list(OPTIONS), "none.npz");
        assertFails(() -> new ArrayScans(folder).list(OPTIONS), "no train and test arrays");
        npz("huge.npz", "(2147483647, 4096, 4096)", 2);
        assertFails(() -> new ArrayScans(folder.resolve("huge.npz")).list(OPTIONS), "[2147483647, 4096, 4096]",
                "not that of images");
        npz("short.npz", "(1000, 4, 4)", 1000);
        SplitOptions zero = SplitOptions.defaults().withNormalClasses(List.of("0"));
        Scans.Listing listing = new ArrayScans(folder.resolve("short.npz")).list(zero);
        assertFails(() -> listing.scans().get(999).read().get(), "short.npz, train_images.npy", "cut short");
        // 128 MB of labels in 130 kB
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("bomb.npz")))) {
            for (String split : List.of("train", "test")) {
                zip.putNextEntry(new ZipEntry(split + "_images.npy"));
                zip.write(npy("(2, 4, 4)", 32));
                zip.putNextEntry(new ZipEntry(split + "_labels.npy"));
                zip.write(npy("(" + (1 << 27) + ", 1)", 0));
                for (int i = 0; i < 128; i++) zip.write(new byte[1 << 20]);
            }
        }
        assertFails(() -> new ArrayScans(folder.resolve("bomb.npz")).list(OPTIONS), "bomb.npz, train_labels.npy",
                "134217728 numbers");
        npz("many.npz", "(3, 4, 4)", 2);
        assertFails(() -> new ArrayScans(folder.resolve("many.npz")).list(zero), "has 3 images", "has 2 labels");
    }

    /** Claims a shape of its images, holds 64 bytes of them, and so many labels. */
    private void npz(String name, String shape, int labels) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            for (String split : List.of("train", "test")) {
                zip.putNextEntry(new ZipEntry(split + "_images.npy"));
                zip.write(npy(shape, 64));
                zip.putNextEntry(new ZipEntry(split + "_labels.npy"));
                zip.write(npy("(" + labels + ", 1)", labels));
            }
        }
    }

    private static byte[] npy(String shape, int bytes) {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }";
        byte[] b = new byte[10 + header.length() + bytes];
        System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0}, 0, b, 0,
                10);
        System.arraycopy(header.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, b, 10, header.length());
        return b;
    }

    @Test
    void idxFilesAreOneVersusRest() {
        Map<String, FloatArray> expected = Npy.readZip(FORMATS.resolve("expected.npz"));
        SplitOptions zero = SplitOptions.defaults().withNormalClasses(List.of("0"));
        try (Scans.Listing listing = new ArrayScans(FORMATS).list(zero)) {
            assertEquals("[0, 0, 0, 0, 1, 0, 1, 0, 2, 0]",
                    listing.scans().stream().map(Scans.Listed::className).toList().toString());
            Scans.Listed third = listing.scans().get(2);
            assertEquals("train-00003", third.scan());
            assertArrayEquals(Arrays.copyOfRange(expected.get("train").data(), 3 * 64, 4 * 64),
                    third.read().get().image().pixels());
            assertArrayEquals(Arrays.copyOfRange(expected.get("train").data(), 5 * 64, 6 * 64),
                    listing.scans().get(4).read().get().image().pixels());
        }
    }

    /** MNIST has 5,842 fours to train on and 982 among 10,000 to test (the counts that its authors publish). */
    @Test
    void mnistHasItsCounts() {
        assumeTrue(Files.isDirectory(SHARED.resolve("mnist")), SHARED.resolve("mnist") + " is not there");
        SplitOptions four = SplitOptions.defaults().withNormalClasses(List.of("4"));
        try (Scans.Listing listing = new ArrayScans(SHARED.resolve("mnist")).list(four)) {
            assertEquals(5842, listing.scans().stream().filter(s -> s.split() != Split.TEST).count());
            assertEquals(10_000, listing.scans().stream().filter(s -> s.split() == Split.TEST).count());
            assertEquals(982,
                    listing.scans().stream().filter(s -> s.split() == Split.TEST && s.className().equals("4")).count());
            assertEquals(9, listing.skipped().size());
            GrayImage last = listing.scans().get(listing.scans().size() - 1).read().get().image();
            assertEquals(28, last.height());
        }
    }

    @Test
    void pneumoniaMnistHasItsCounts() {
        assumeTrue(Files.isDirectory(SHARED.resolve("pneumoniamnist")),
                SHARED.resolve("pneumoniamnist") + " is not there");
        try (Scans.Listing listing = new ArrayScans(SHARED.resolve("pneumoniamnist/pneumoniamnist.npz"))
                .list(OPTIONS)) {
            Map<String, Long> counts = listing.scans().stream().collect(
                    Collectors.groupingBy(s -> s.split() + " " + s.className(), TreeMap::new, Collectors.counting()));
            assertEquals(Map.of("TRAIN NORMAL", 388L, "VALIDATION NORMAL", 135L, "TEST NORMAL", 234L, "TEST PNEUMONIA",
                    390L), counts);
            for (Scans.Listed s : listing.scans()) assertEquals(28, s.read().get().image().width());
        }
    }

    /** Slices keep their order and their volume; masks are volumes of the same length; a volume is one group. */
    @Test
    void volumesAreSlicesInOrder() throws IOException {
        for (int patient = 0; patient < 3; patient++) copy("bscans.vol", "NORMAL/eye-" + patient + "-od.vol");
        copy("plain.nii", "DME/eye-7-od.nii");
        byte[] mask = Files.readAllBytes(FORMATS.resolve("plain.nii"));
        for (int i = 352; i < mask.length; i++) mask[i] = (byte) (mask[i] < 0 ? 2 : 0);   // label 2 where it is light
        Files.createDirectories(folder.resolve("masks/DME"));
        Files.write(folder.resolve("masks/DME/eye-7-od_mask.nii"), mask);
        copy("stack8.tif", "DME/eye-8-od.tif");
        copy("plain.nii", "DME/eye-8-od_mask.nii");
        Files.writeString(folder.resolve("DME/eye-9-od.vol"), "damaged");
        try (Scans.Listing listing = Scans.folder(folder).list(OPTIONS)) {
            List<Scans.Listed> dme = listing.scans().stream().filter(s -> s.className().equals("DME")).toList();
            assertEquals("[eye-7-od-s000, eye-7-od-s001, eye-7-od-s002, eye-7-od-s003]",
                    dme.stream().map(Scans.Listed::scan).toList().toString());
            assertEquals(Map.of("volume", "DME/eye-7-od", "slice", "002"), dme.get(2).attributes());
            assertEquals("DME/eye-7-od", dme.get(2).group());
            assertEquals("DME/eye-7-od.nii, slice 2", dme.get(2).file());
            Scans.Pixels pixels = dme.get(2).read().get();
            for (int i = 0; i < pixels.image().pixels().length; i++)
                assertEquals(pixels.image().pixels()[i] > 127.5f ? 255 : 0, pixels.mask().orElseThrow().pixels()[i]);
            assertEquals(9, listing.scans().stream().filter(s -> s.className().equals("NORMAL")).count());
            assertEquals(List.of("DME/eye-8-od.tif", "DME/eye-9-od.vol"),
                    listing.skipped().stream().map(Skipped::file).toList());
            assertTrue(listing.skipped().get(0).reason()
                    .contains("has 2 slices, but its mask DME/eye-8-od_mask.nii has 4"), listing.skipped().toString());
        }
    }

    private void copy(String format, String to) throws IOException {
        Path target = folder.resolve(to);
        Files.createDirectories(target.getParent());
        Files.copy(FORMATS.resolve(format), target);
    }

    @Test
    void foldersOfNoUseSayWhy() throws IOException {
        Files.createDirectories(folder.resolve("NORMAL"));
        Files.writeString(folder.resolve("NORMAL/a.fda"), "FDA");
        assertFails(() -> Scans.folder(folder).list(OPTIONS), "no scans of a kind that is read", "export the B-scans");
        Files.writeString(folder.resolve("NORMAL/a.vol"), "x");
        assertFails(() -> Scans.folder(folder).list(OPTIONS), "holds no scan that can be read. The first:", "a.vol",
                "cut short");
    }

    /**
     * Blanks, quotes, umlauts, commas, line ends: whatever a file may be called, it is prepared, and the table is read
     * back as it was written.
     */
    @Test
    void oddNamesSurviveTheWholeWay() throws IOException {
        List<String> odd = List.of("a b", "q\"uo'te", "ü-é-語", "new\nline", "comma,semi;", "-dash", "<script>", "%s%n",
                "$(x)`y`", "dots..");
        for (int i = 0; i < odd.size(); i++) {
            half("s/NORMAL/" + odd.get(i) + ".png", 0, i + 1);
            half("s/cl ass,<b>\"\n" + i + "/" + odd.get(i) + "+.png", 0, i + 1);
        }
        Patches patches = Patches.prepare(Scans.folder(folder.resolve("s"), "(?s)(.*)"),
                PrepareOptions.defaults(32).withFlatten(false), folder.resolve("out"));
        assertEquals(List.of(), patches.manifest().skipped());
        assertEquals(20, patches.scans().size());
        Set<String> groups = new TreeSet<>(odd);
        odd.forEach(name -> groups.add(name + "+"));
        assertEquals(groups,
                patches.scans().stream().map(ScanInfo::group).collect(Collectors.toCollection(TreeSet::new)));
        for (ScanInfo s : patches.scans()) assertTrue(s.scan().matches("[A-Za-z0-9._-]+"), s.scan());
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(Set.of("s", "out"), all.map(f -> f.getFileName().toString()).collect(Collectors.toSet()),
                    "nothing is written elsewhere");
        }
    }
}
