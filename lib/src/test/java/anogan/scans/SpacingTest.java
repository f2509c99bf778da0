package anogan.scans;

import static anogan.Sentences.assertFails;
import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far apart pixels lie: what headers say at the places that the formats' descriptions name, and what users say. */
class SpacingTest {
    private static final Path FORMATS = Path.of("src/test/resources/formats");
    private static final Path HEYEX = Path.of("../../shared/data/heyex_fixture/heyex_vol/test_volume.vol");
    @TempDir
    Path folder;

    /** scaleX 0.011819 mm, distance 0.0314444 mm and scaleZ 0.003872 mm by struct.unpack in Python. */
    @Test
    void aRealHeyexFile() throws IOException {
        assumeTrue(Files.isRegularFile(HEYEX), HEYEX + " is not there");
        assertEquals(Map.of("row_um", "3.8720", "column_um", "11.8190", "slice_um", "31.4444"), spacing(HEYEX));
    }

    @ParameterizedTest
    @CsvSource({"0.0117, 0.0039, 3.9000, 11.7000", "0, 0.0039, ,", "NaN, 0.0039, ,", "0.0117, -0.0039, ,",
            "1e300, 1e300, ,"})
    void heyex(double scaleX, double scaleZ, String row, String column) throws IOException {
        byte[] file = Files.readAllBytes(FORMATS.resolve("bscans.vol"));
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putDouble(24, scaleX).putDouble(40, scaleZ);
        Files.write(folder.resolve("a.vol"), file);
        assertEquals(attributes(row, column), spacing(folder.resolve("a.vol")));
    }

    /** pixdim[1] and pixdim[2], with the unit in the lower three bits of xyzt_units (the others are of time). */
    @ParameterizedTest
    @CsvSource({"0.0117, 0.0039, 2, 3.9000, 11.7000", "0.0117, 0.0039, 10, 3.9000, 11.7000",
            "11.5, 4, 3, 4.0000, 11.5000", "0.00001, 0.000004, 1, 4.0000, 10.0000", "11.5, 4, 0, ,", "1, 1, 2, ,",
            "0, 0, 2, ,", "1, 2, 3, 2.0000, 1.0000"})
    void nifti(float along, float down, byte unit, String row, String column) throws IOException {
        byte[] file = Files.readAllBytes(FORMATS.resolve("plain.nii"));
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(80, along).putFloat(84, down).put(123, unit);
        Files.write(folder.resolve("a.nii"), file);
        assertEquals(attributes(row, column), spacing(folder.resolve("a.nii")));
    }

    /** Header and pattern as eyepy's description of the format has them: 5 is a star, of which nothing is parallel. */
    @ParameterizedTest
    @CsvSource({"0.24, 3, 240.0000", "0.24, 4, 240.0000", "0.0611, 0, 61.1000", "0.24, 5,", "0.24, 2,", "0, 3,",
            "-1, 3,", "NaN, 3,"})
    void slicesOfHeyex(double distance, int pattern, String slice) throws IOException {
        byte[] file = Files.readAllBytes(FORMATS.resolve("bscans.vol"));
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putDouble(24, 0.0117).putDouble(32, distance)
                .putDouble(40, 0.0039).putInt(96, pattern);
        Files.write(folder.resolve("a.vol"), file);
        assertEquals(Optional.ofNullable(slice), Optional.ofNullable(spacing(folder.resolve("a.vol")).get("slice_um")));
        assertEquals("3.9000", spacing(folder.resolve("a.vol")).get("row_um"));
    }

    /** Headers of nibabel and pydicom (formats/spacing/make.py). */
    @ParameterizedTest
    @CsvSource({"mm.nii, 240", "micron.nii, 30.5", "one.nii,", "several.nii,", "between.dcm, 120", "thickness.dcm,",
            "positions.dcm, 60", "oblique.dcm, 200", "drift.dcm, 60", "uneven.dcm,", "star.dcm,", "missing.dcm,"})
    void slicesOfOtherPrograms(String file, Double slice) throws IOException {
        try (FileTree tree = FileTree.open(FORMATS.resolve("spacing/spacing.zip"));
                ScanFile scan = ScanFile.open(tree, file)) {
            Spacing spacing = scan.spacing().orElseThrow();
            assertEquals(3.9, spacing.row(), 1e-5);
            assertEquals(11.7, spacing.column(), 1e-5);
            assertEquals(slice == null, spacing.slice().isEmpty());
            if (slice != null) assertEquals(slice, spacing.slice().orElseThrow(), 1e-4);
        }
    }

    /** A file of one slice has nothing that a slice could be apart from. */
    @Test
    void theDistanceOfSlicesIsThatOfVolumes() throws IOException {
        byte[] file = Files.readAllBytes(FORMATS.resolve("plain.nii"));
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(80, 11.5f).putFloat(84, 4).putFloat(88, 60)
                .put(123, (byte) 3);
        Files.createDirectories(folder.resolve("NORMAL"));
        Files.write(folder.resolve("NORMAL/a.nii"), file);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(46, (short) 1);
        for (String name : List.of("b.nii", "c.nii")) Files.write(folder.resolve("NORMAL").resolve(name), file);
        Scans scans = Scans.folder(folder);
        Spacing volume = new Spacing(4, 11.5, Optional.of(60.0));
        assertEquals(Set.of(volume, new Spacing(4, 11.5)), Set.copyOf(found(scans)));
        try (Scans.Listing listing = scans.list(SplitOptions.defaults())) {
            assertEquals(4, listing.scans().stream().filter(s -> s.attributes().containsKey("slice_um")).count());
        }
        assertEquals(Set.of(new Spacing(3, 10, Optional.of(60.0)), new Spacing(3, 10)),
                Set.copyOf(found(scans.withSpacing(Spacing.of(List.of(3.0, 10.0))))), "what is not given stays");
        assertEquals(List.of(new Spacing(3, 10, Optional.of(50.0))),
                found(scans.withSpacing(Spacing.of(List.of(3.0, 10.0, 50.0)))));
    }

    private static Map<String, String> attributes(String row, String column) {
        return row == null ? Map.of() : Map.of("row_um", row, "column_um", column);
    }

    private static Map<String, String> spacing(Path file) throws IOException {
        try (FileTree tree = new FolderTree(file.getParent());
                ScanFile scan = ScanFile.open(tree, file.getFileName().toString())) {
            return scan.spacing().map(Spacing::attributes).orElse(Map.of());
        }
    }

    /** What is given counts more than what a table says, and that more than a file. */
    @Test
    void whoSaysItCounts() throws IOException {
        byte[] file = Files.readAllBytes(FORMATS.resolve("bscans.vol"));
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putDouble(24, 0.0117).putDouble(40, 0.0039);
        for (int i = 0; i < 3; i++) Files.write(folder.resolve(i + ".vol"), file);
        Path table = folder.resolve("t.csv");
        Files.writeString(table, "path,class,patient,row_um,column_um\n0.vol,NORMAL,a,5,6\n1.vol,NORMAL,b,7,8\n"
                + "2.vol,NORMAL,c,2.5,6.25\n");
        Scans scans = Scans.of(Layout.manifest, table);
        assertEquals(List.of(new Spacing(5, 6), new Spacing(7, 8), new Spacing(2.5, 6.25)), found(scans));
        assertEquals(List.of(new Spacing(1, 2)), found(scans.withSpacing(Spacing.of(List.of(1.0, 2.0)))));
        Files.writeString(table, "path,class,patient\n0.vol,NORMAL,a\n1.vol,NORMAL,b\n2.vol,NORMAL,c\n");
        assertEquals(List.of(new Spacing(3.9, 11.7)), found(scans));
        Files.writeString(table, "path,class,patient,row_um,column_um\n0.vol,NORMAL,a,thin,6\n");
        assertFails(() -> scans.list(SplitOptions.defaults()), "row 2", "row_um", "thin");
        Files.writeString(table, "path,class,patient,row_um,column_um\n0.vol,NORMAL,a,,6\n");
        assertFails(() -> scans.list(SplitOptions.defaults()), "row 2", "both be empty");
    }

    private static List<Spacing> found(Scans scans) {
        try (Scans.Listing listing = scans.list(SplitOptions.defaults())) {
            return listing.scans().stream().map(s -> Spacing.of(s.attributes())).flatMap(Optional::stream).distinct()
                    .toList();
        }
    }

    @Test
    void whatIsNoDistanceIsRefused() {
        assertEquals(new Spacing(11.5, 3.9), new Spacing(3.9, 11.5).turned());
        assertEquals(Optional.empty(), Spacing.of(Map.of("row_um", " ")));
        assertEquals(new Spacing(11.5, 3.9, Optional.of(60.0)), new Spacing(3.9, 11.5, Optional.of(60.0)).turned());
        assertEquals(Optional.of(new Spacing(3.9, 11.5, Optional.of(60.0))),
                Spacing.of(new Spacing(3.9, 11.5, Optional.of(60.0)).attributes()));
        assertFails(() -> Spacing.of(Map.of("slice_um", "60")), "slice_um", "a number beside them");
        assertRefused(() -> Spacing.of(List.of(3.9, 11.5, 0.0)), "3.9,11.5,0.0");
        assertRefused(() -> Spacing.of(List.of(3.9)), "two numbers", "ROW,COLUMN");
        assertRefused(() -> Spacing.of(List.of(3.9, 0.0)), "3.9,0.0");
        assertRefused(() -> new Spacing(Double.NaN, 1), "NaN,1");
    }
}
