package anogan.scans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.UserError;
import anogan.io.FloatArray;
import anogan.io.Npy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Some 250 small pictures of every kind, and what Pillow, tifffile, NumPy and nibabel read in them
 * (formats/pictures/make.py).
 */
class PictureFormatsTest {
    private static final Path FOLDER = Path.of("src/test/resources/formats/pictures");
    private static final Map<String, FloatArray> EXPECTED = Npy.readZip(FOLDER.resolve("expected.npz"));

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
