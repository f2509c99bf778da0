package anogan.run;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.UserError;
import anogan.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    Path folder;

    @Test
    void rememberWhatTheRunIs() {
        RunFolder run = new RunFolder(folder.resolve("run"));
        RunInfo info = RunInfo.begin(Path.of("data/patches/phantom"), "abc", 7).with("train", Map.of("steps", 10), 1.26)
                .with("map", Map.of("steps", 500), 60);
        run.write(info);
        assertEquals(info.seenFrom(run.path()), run.info());
        assertEquals(Map.of("train", 1.3, "map", 60.0), run.info().seconds());
        assertTrue(run.info().stages().get("map").machine().get("java").contains(System.getProperty("java.version")));
        assertEquals(Set.of("java", "nd4j", "system", "processor", "instructions", "threads"),
                run.info().stages().get("train").machine().keySet());
    }

    @Test
    void aStageThatIsRunAgainReplacesWhatItSaid() {
        RunInfo info = RunInfo.begin(Path.of("p"), "abc", 7).with("map", Map.of("steps", 500), 60).with("map",
                Map.of("steps", 100), 70);
        assertEquals(Map.of("map", Map.of("steps", 100)), info.config());
        assertEquals(Map.of("map", 70.0), info.seconds());
    }

    private static Stage stage(double seconds, String commit, Map<String, String> fingerprints) {
        return new Stage(Map.of(), seconds, List.of(commit), Map.of("processor", "p"), fingerprints);
    }

    /** A training that was killed, and gone on with by another version: both made the model. */
    @Test
    void aStageThatGoesOnAddsUp() {
        RunInfo info = RunInfo.begin(Path.of("p"), "abc", 7).withPart("train", stage(0, "a", Map.of()))
                .withPart("train", stage(3, "a", Map.of("model", "m1"))).withPart("map", stage(2, "b", Map.of()))
                .withPart("train", stage(4, "b", Map.of("model", "m2")));
        assertEquals(List.of("a", "b"), info.stages().get("train").commits());
        assertEquals(7, info.stages().get("train").seconds());
        assertEquals(Map.of("model", "m2"), info.stages().get("train").fingerprints());
        assertEquals(List.of("b"), info.stages().get("map").commits(), "a stage has its own commit");
        assertEquals(Set.of("train"), info.ofVariant(Path.of("p")).stages().keySet());
    }

    /** Format 1 kept the commit of the beginning, and nobody knows who did the stages after it. */
    @Test
    void formatOneIsRead() throws IOException {
        RunFolder run = new RunFolder(folder);
        Files.writeString(run.file("run.json"), """
                {"format": 1, "created": "2020-01-01T00:00:00Z", "patches": "p", "fingerprint": "f", "seed": 3,
                 "versions": {"commit": "abc", "java": "17"}, "config": {"train": {"steps": 5}, "map": {"steps": 6}},
                 "seconds": {"train": 1.5}}""");
        RunInfo info = run.info();
        assertEquals(1, info.format());
        assertEquals(new Stage(Map.of("steps", 5), 1.5, List.of("abc"), Map.of("java", "17"), Map.of()),
                info.stages().get("train"));
        assertEquals(new Stage(Map.of("steps", 6), 0, List.of(), Map.of(), Map.of()), info.stages().get("map"));
        run.write(info.with("analyze", Map.of(), 2));
        assertEquals(2, run.info().format());
        assertEquals(info.stages().get("train"), run.info().stages().get("train"));
    }

    @Test
    void scoresOfAnotherModelAreSeen() {
        RunFolder run = new RunFolder(folder);
        RunInfo info = RunInfo.begin(Path.of("p"), "abc", 7).with("train", stage(1, "a", Map.of("model", "m1")))
                .with("map", stage(1, "a", Map.of("model", "m1"))).with("sweep", stage(1, "a", Map.of("model", "m1")));
        run.write(info);
        run.requireScoresOfItsModel();
        run.write(info.withPart("train", stage(1, "a", Map.of("model", "m2"))));
        assertFails(run::requireScoresOfItsModel, "trained on after stage map", "Remove its folder mapping");
        run.write(info.withPart("train", stage(1, "a", Map.of("model", "m2"))).with("map",
                stage(1, "a", Map.of("model", "m2"))));
        assertFails(run::requireScoresOfItsModel, "trained on after stage sweep", "Remove its folder sweep");
        run.write(info);
        RunFolder variant = run.variant("raw");
        variant.write(info.ofVariant(Path.of("p")).with("map", stage(1, "a", Map.of("model", "m0"))));
        AtomicFiles.writeString(variant.file("scores.csv"), "");
        assertFails(run::requireScoresOfItsModel, "the scores in " + variant.path());
    }

    /** A variant that says that it is of an earlier pair must be of the one that it says. */
    @Test
    void scoresOfAnEarlierPairAreItsOwn() {
        RunFolder run = new RunFolder(folder);
        RunInfo early = RunInfo.begin(Path.of("p"), "abc", 7).with("train", stage(1, "a", Map.of("model", "m1")));
        RunFolder variant = run.variant("steps-10");
        variant.write(early.ofVariant(Path.of("p")).with("map", stage(1, "a", Map.of("model", "m1"))));
        AtomicFiles.writeString(variant.file("scores.csv"), "");
        run.write(early.withPart("train", stage(1, "a", Map.of("model", "m2"))));
        run.requireScoresOfItsModel();
        variant.write(early.ofVariant(Path.of("p")).with("map", stage(1, "a", Map.of("model", "m2"))));
        assertFails(run::requireScoresOfItsModel, "the scores in " + variant.path());
    }

    @Test
    void anAnalysisOfOtherScoresIsSeen() {
        RunFolder run = new RunFolder(folder);
        run.write(RunInfo.begin(Path.of("p"), "abc", 7));
        AtomicFiles.writeString(run.file("scores.csv"), "1");
        AtomicFiles.writeString(run.file("variants/raw/scores.csv"), "1");
        run.write(run.info().with("analyze", stage(1, "a", run.scoreFingerprints())));
        run.requireAnalysisOfItsScores();
        AtomicFiles.writeString(run.file("scans.csv"), "a table that it had no part in");
        run.requireAnalysisOfItsScores();
        AtomicFiles.writeString(run.file("variants/raw/scores.csv"), "2");
        assertFails(run::requireAnalysisOfItsScores, "raw/scores.csv has changed since stage analyze read it",
                "Do stage analyze again.");
        AtomicFiles.writeString(run.file("variants/raw/scores.csv"), "1");
        AtomicFiles.delete(run.file("scores.csv"));
        assertFails(run::requireAnalysisOfItsScores, "scores.csv has changed");
    }

    @Test
    void aCommitIsToldInSevenDigitsAndItsChangesToo() {
        assertEquals("0123456 with changes", Machine.brief("0123456789abcdef0123456789abcdef01234567 with changes"));
        assertEquals("0123456", Machine.brief("0123456789abcdef0123456789abcdef01234567"));
        assertEquals("unknown", Machine.brief("unknown"));
    }

    @Test
    void whatIsNoRunIsRefused() throws IOException {
        RunFolder run = new RunFolder(folder);
        assertFails(run::info, folder.toString(), "not a run folder", "stage train");
        assertFails(() -> new RunFolder(folder.resolve("absent")).info(), "absent", "not a run folder");
        for (String text : List.of("", "{}", "null", "{\"format\": 1}",
                "{\"format\": 1, \"patches\": \"p\", \"seed\": 1}",
                "{\"format\": 1, \"fingerprint\": \"f\", \"seed\": 1}")) {
            Files.writeString(folder.resolve("run.json"), text);
            assertTrue(assertFails(run::info).getMessage().contains("run.json"), text);
        }
        Files.writeString(folder.resolve("run.json"),
                "{\"format\": 99, \"patches\": \"p\", \"fingerprint\": \"f\", \"seed\": 1}");
        assertFails(run::info, "format 99", "older than the run", "use the version that wrote it");
    }

    @Test
    void whatIsMissingIsNamedWithTheCommandThatMakesIt() {
        RunFolder run = new RunFolder(folder);
        assertFails(() -> run.require("scores.csv", "map"), folder.toString(), "scores.csv", "stage map");
        AtomicFiles.writeString(folder.resolve("scores.csv"), "");
        assertEquals(folder.resolve("scores.csv"), run.require("scores.csv", "map"));
    }

    @Test
    void aNewRunNeedsAnEmptyPlace() throws IOException {
        new RunFolder(folder.resolve("absent")).requireNew();
        new RunFolder(folder).requireNew();
        Files.writeString(folder.resolve(".run.json.part"), "{");   // of a training that was killed as it began
        new RunFolder(folder).requireNew();
        Path file = Files.writeString(folder.resolve("notes.txt"), "mine");
        assertFails(() -> new RunFolder(folder).requireNew(), folder.toString(), "already holds files",
                "option resume");
        assertFails(() -> new RunFolder(file).requireNew(), "notes.txt is a file, not a folder");
    }

    @Test
    void errorsKnowTheirExitCodes() {
        assertTrue(UserError.usage("No.").isUsage());
        assertFalse(UserError.failure("No.").isUsage());
        IOException cause = new IOException("why");
        assertEquals(cause, assertThrows(UserError.class, () -> {
            throw UserError.failure(cause, "No %d.", 1);
        }).getCause());
    }
}
