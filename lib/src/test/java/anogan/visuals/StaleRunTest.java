package anogan.visuals;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.Training;
import anogan.io.AtomicFiles;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.phantom.PhantomScans;
import anogan.run.RunFolder;
import anogan.scoring.Scoring;
import anogan.scoring.ScoringOptions;
import anogan.statistics.RunAnalysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pictures of one model, scores of another, numbers of a third: what does not belong together is not shown together.
 */
class StaleRunTest {
    @TempDir
    Path folder;

    private static void analyze(RunFolder run) {
        RunAnalysis.run(run, MappedRun.OPTIONS);
    }

    @Test
    void whatWasMadeOfSomethingElseIsRefused() throws IOException {
        RunFolder run = new RunFolder(
                MappedRun.write(new PhantomScans(2, 1, 2, 1), PrepareOptions.defaults(32), folder));
        Patches patches = Patches.open(folder.resolve("patches"));
        analyze(run);
        RunData.open(run.path());   // what all figures are drawn of
        assertTrue(run.info().stages().keySet().containsAll(List.of("prepare", "train", "map", "analyze")));

        String scores = Files.readString(run.file("scores.csv"));
        AtomicFiles.writeString(run.file("scores.csv"), scores.replaceFirst("(?m)^(.*),[^,]*$(?=\n\\z)", "$1,0.5"));
        assertFails(() -> RunData.open(run.path()), "scores.csv has changed since stage analyze read it");
        analyze(run);
        RunData.open(run.path());
        AtomicFiles.writeString(run.file("scores.csv"), scores);

        Training.Config more = Training.Config.of(run);
        ScoringOptions options = ScoringOptions.of(run);
        Training.resume(run, new Training.Config(more.architecture(), more.options().withSteps(6)), patches);
        assertFails(() -> RunData.open(run.path()), "trained on after stage map", "Remove its folder mapping");
        assertFails(() -> RunAnalysis.of(run.path(), MappedRun.OPTIONS), "trained on after stage map");
        assertFails(() -> Scoring.run(run, patches, options, MappedRun.compute()), "another model");
        try (Stream<Path> old = Files.walk(run.file("mapping"))) {
            for (Path f : old.sorted(Comparator.reverseOrder()).toList()) Files.delete(f);
        }
        Scoring.run(run, patches, options, MappedRun.compute());
        assertFails(() -> RunData.open(run.path()), "has changed since stage analyze read it");
        analyze(run);
        assertTrue(Files.exists(Figures.write(RunData.open(run.path()), FiguresOptions.defaults()).report()));
    }
}
