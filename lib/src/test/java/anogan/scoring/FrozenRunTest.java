package anogan.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.io.Csv;
import anogan.io.Json;
import anogan.mapping.MappingResult;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.scans.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says of a patch a second time is what it wrote down the first time. */
class FrozenRunTest {
    @TempDir
    static Path folder;
    private static Patches patches;
    private static RunFolder run;

    @BeforeAll
    static void score() {
        run = new RunFolder(folder.resolve("run"));
        patches = TinyRun.train(folder.resolve("patches"), run);
        Scoring.run(run, patches, TinyRun.options(4), TinyRun.COMPUTE);
    }

    @Test
    void patchesGetTheScoresThatTheyGotInTheMapping() {
        List<Patch> chosen = new ArrayList<>();
        for (int scan : patches.scans(Split.TEST)) chosen.addAll(patches.grid(scan).subList(1, 4));
        Collections.shuffle(chosen, new Random(3));
        List<Csv.Row> rows = Csv.read(run.file("scores.csv"));
        try (FrozenRun again = FrozenRun.open(run, patches).orElseThrow()) {
            List<MappingResult> mapped = again.map(chosen);
            for (int i = 0; i < chosen.size(); i++) {
                Patch p = chosen.get(i);
                Csv.Row row = rows.stream().filter(r -> r.get("scan").equals(patches.scans().get(p.scan()).scan())
                        && r.get("column").equals("" + p.column())).findFirst().orElseThrow();
                assertEquals(Double.parseDouble(row.get("R")), mapped.get(i).residual(),
                        1e-6 * mapped.get(i).residual());
                assertEquals(Double.parseDouble(row.get("D")), mapped.get(i).features(),
                        1e-6 * mapped.get(i).features());
            }
        }
    }

    @Test
    void featuresOfAPatchAloneAreThoseInCompany() {
        List<Patch> chosen = patches.grid(patches.scans(Split.TEST).get(0)).subList(0, 5);
        try (FrozenRun again = FrozenRun.open(run, patches).orElseThrow()) {
            List<float[]> f = again.features(chosen);
            for (int i = 0; i < chosen.size(); i++) {
                assertEquals(again.architecture().features(), f.get(i).length);
                assertArrayEquals(f.get(i), again.features(chosen.subList(i, i + 1)).get(0));
            }
            assertFalse(Arrays.equals(f.get(0), f.get(4)));
        }
    }

    @Test
    void samplesAreDrawnByTheirSeed() {
        try (FrozenRun again = FrozenRun.open(run, patches).orElseThrow()) {
            List<float[]> three = again.samples(3, 1);
            assertArrayEquals(three.get(1), again.samples(2, 1).get(1));
            assertFalse(Arrays.equals(three.get(1), three.get(2)));
            assertFalse(Arrays.equals(three.get(1), again.samples(2, 2).get(1)));
        }
    }

    @Test
    void aRunWithoutModelOrWithStrangeOptionsStaysClosed() throws IOException {
        RunFolder bare = new RunFolder(Files.createDirectories(folder.resolve("bare")));
        bare.write(run.info());
        assertTrue(FrozenRun.open(bare, patches).isEmpty(), "no model");
        RunFolder strange = TinyRun.copy(run, folder.resolve("strange"));
        strange.write(run.info().with("map", Map.of("gamma", 300), 1));
        assertTrue(FrozenRun.open(strange, patches).isEmpty(),
                "options of another version: " + Json.toString(strange.info().config()));
    }
}
