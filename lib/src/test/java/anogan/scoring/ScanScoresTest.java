package anogan.scoring;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.Csv;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.scans.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanScoresTest {
    @TempDir
    Path folder;

    @Test
    void meanAndTopAreThoseOfBruteForce() {
        SplittableRandom random = new SplittableRandom(1);
        int[] patches = {1, 4, 5, 6, 31};
        double[][][] scores = new double[patches.length][2][];
        StringBuilder csv = new StringBuilder("scan,group,class,split,label,row,column,R,P_D\n");
        for (int scan = 0; scan < patches.length; scan++) {
            for (int k = 0; k < 2; k++) scores[scan][k] = random.doubles(patches[scan], -3, 100).toArray();
            for (int p = 0; p < patches[scan]; p++) {
                csv.append(Csv.line("s" + scan, "eye, \"" + scan + "\"", "AMD", "test", p % 2 == 0 ? "" : "1", 0,
                        16 * p, scores[scan][0][p], scores[scan][1][p]));
            }
        }
        List<Csv.Row> rows = aggregate(csv.toString());
        assertEquals(List.of("scan", "group", "class", "split", "label", "patches", "R_mean", "R_top5", "P_D_mean",
                "P_D_top5"), List.copyOf(rows.get(0).fields().keySet()));
        for (int scan = 0; scan < patches.length; scan++) {
            Csv.Row row = rows.get(scan);
            assertEquals(List.of("s" + scan, "eye, \"" + scan + "\"", "AMD", "test", Integer.toString(scan % 2),
                    Integer.toString(patches[scan])), List.copyOf(row.fields().values()).subList(0, 6));
            for (int k = 0; k < 2; k++) {
                String score = k == 0 ? "R" : "P_D";
                assertEquals(Arrays.stream(scores[scan][k]).sum() / patches[scan],
                        Double.parseDouble(row.get(score + "_mean")), 1e-12);
                assertEquals(top(scores[scan][k]), Double.parseDouble(row.get(score + "_top5")), 1e-12);
            }
        }
    }

    /** Takes out the highest five times, or as often as there are any. */
    private static double top(double... values) {
        double[] left = values.clone();
        double sum = 0;
        int taken = 0;
        while (taken < Math.min(5, values.length)) {
            int best = 0;
            for (int i = 1; i < left.length; i++) if (left[i] > left[best]) best = i;
            sum += left[best];
            left[best] = Double.NEGATIVE_INFINITY;
            taken++;
        }
        return sum / taken;
    }

    @Test
    void namesThatLookLikeNumbersStayNames() {
        List<Csv.Row> rows = aggregate("scan,group,class,split,label,row,column,R\n"
                + "0017,007,1,test,,0,0,1\n0017,007,1,test,,0,32,3\n17,,1,train,0,0,0,5\n");
        assertEquals(List.of("0017", "17"), rows.stream().map(r -> r.get("scan")).toList());
        assertEquals("007", rows.get(0).get("group"));
        assertEquals("1", rows.get(0).get("class"));
        assertEquals(2, Double.parseDouble(rows.get(0).get("R_mean")));
        assertEquals("", rows.get(1).get("group"));
    }

    @Test
    void aDamagedTableIsToldInASentence() {
        Path absent = folder.resolve("absent.csv");
        assertFails(() -> ScanScores.aggregate(absent, folder.resolve("out.csv"), s -> Label.NORMAL),
                absent.toString());
        for (String text : List.of("", "scan,group,class,split,label,row,column,R\ns,g,c,test,0,0,0\n",
                "scan,group,class,split,label,row,column,R\ns,g,c,test,0,0,0,much\n")) {
            assertFails(() -> aggregate(text), "scores.csv", "map");
        }
        assertTrue(Files.notExists(folder.resolve("out.csv")));
    }

    /**
     * Against NumPy (src/test/resources/golden/depth.py): the mean of two parts, each in deviations of the five
     * validation normals among the nine scans; in whatever order the scans come.
     */
    @Test
    void aCombinedScoreIsTheMeanOfItsScaledParts() {
        Map<String, FloatArray> golden = Npy.readZip(Path.of("src/test/resources/golden/depth.npz"));
        float[] parts = golden.get("table").data();
        List<Integer> order = new ArrayList<>(IntStream.range(0, 9).boxed().toList());
        for (int seed = 0; seed < 3; seed++) {
            StringBuilder csv = new StringBuilder(
                    "scan,group,class,split,label,row,column,pca_residual,pca_Z_sum,pca_Z_highest,pca_combined,R\n");
            for (int i : order) csv.append(Csv.line("s" + 2 * i, "g", i < 7 ? "NORMAL" : "AMD",
                    i < 5 ? "validation" : i == 5 ? "train" : "test", 0, 0, 0, parts[3 * i], parts[3 * i + 1],
                    parts[3 * i + 2], -4, 7));
            List<Csv.Row> rows = aggregate(csv.toString());
            for (int k = 0; k < 9; k++) {
                float expected = golden.get("mean_of_parts").data()[order.get(k)];
                for (String a : List.of("_mean", "_top5"))
                    assertEquals(expected, Double.parseDouble(rows.get(k).get("pca_combined" + a)), 2e-6);
                assertEquals(parts[3 * order.get(k)], Double.parseDouble(rows.get(k).get("pca_residual_mean")), 1e-6);
                assertEquals(7, Double.parseDouble(rows.get(k).get("R_mean")), "other scores stay what they are");
            }
            Collections.shuffle(order, new Random(seed));
        }
    }

    /** What a table lacks has no say, and without normals to compare with the mean over patches stays. */
    @Test
    void aCombinedScoreMakesDoWithWhatIsThere() {
        String header = "scan,group,class,split,label,row,column,combined,Z_sum,Z_highest\n";
        List<Csv.Row> rows = aggregate(header + "s0,g,N,validation,0,0,0,5,40,1\ns2,g,N,validation,0,0,0,5,10,2\n"
                + "s4,g,N,validation,0,0,0,5,30,4\ns6,g,N,test,0,0,0,5,10,10\n");
        // medians 30 and 2, median deviations 10 and 1
        assertCombined(rows, (1 - 1) / 2.0, (-2 + 0) / 2.0, (0 + 2) / 2.0, (-2 + 8) / 2.0);
        rows = aggregate(header.replace(",Z_highest", "") + "s0,g,N,validation,0,0,0,5,40\n"
                + "s2,g,N,validation,0,0,0,5,10\ns4,g,N,validation,0,0,0,5,30\n");
        assertCombined(rows, 1, -2, 0);
        rows = aggregate(header + "s0,g,N,test,0,0,0,1,40,9\ns0,g,N,test,0,0,0,2,10,9\n");
        assertEquals(1.5, Double.parseDouble(rows.get(0).get("combined_mean")), 1e-9);
    }

    /** In median deviations, 1.4826 times as many as standard deviations. */
    private static void assertCombined(List<Csv.Row> rows, double... expected) {
        for (int i = 0; i < expected.length; i++)
            assertEquals(expected[i] / 1.4826, Double.parseDouble(rows.get(i).get("combined_mean")), 1e-9);
    }

    private List<Csv.Row> aggregate(String csv) {
        try {
            Files.writeString(folder.resolve("scores.csv"), csv);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        ScanScores.aggregate(folder.resolve("scores.csv"), folder.resolve("out.csv"),
                scan -> Label.values()[scan.charAt(scan.length() - 1) % 2]);
        return Csv.read(folder.resolve("out.csv"));
    }
}
