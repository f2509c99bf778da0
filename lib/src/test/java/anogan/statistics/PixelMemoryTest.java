package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import anogan.OtherJvm;
import anogan.patches.Patches;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelMemoryTest {
    private static final int TIMES = 120;

    /** Pixels of 1,920 masked scans, four million at a time in the strip, within a heap that could not hold them. */
    @Test
    void memoryDoesNotGrowWithTheScans(@TempDir Path folder) throws Exception {
        RunFixture fixture = new RunFixture(folder, TIMES);
        String said = OtherJvm.output(List.of("-Xmx224m"), PixelMemoryTest.class, fixture.run.toString());
        assertEquals("1920 scans in 18 results", said.strip());
    }

    public static void main(String... args) {
        Path run = Path.of(args[0]);
        List<String> notes = new ArrayList<>();
        AnalysisOptions options = AnalysisOptions.defaults().withBootstrap(100);
        List<Analysis.PixelResult> results = new PixelLevel(run, Patches.open(run.resolveSibling("patches")), options,
                notes).results();
        System.out.println(results.get(0).scans() + " scans in " + results.size() + " results");
    }
}
