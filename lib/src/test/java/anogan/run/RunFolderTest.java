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
        assertEquals(info, run.info());
        assertEquals(Map.of("train", 1.3, "map", 60.0), run.info().seconds());
        assertTrue(run.info().versions().get("java").contains(System.getProperty("java.version")));
    }

    @Test
    void aStageThatIsRunAgainReplacesWhatItSaid() {
        RunInfo info = RunInfo.begin(Path.of("p"), "abc", 7).with("map", Map.of("steps", 500), 60).with("map",
                Map.of("steps", 100), 70);
        assertEquals(Map.of("map", Map.of("steps", 100)), info.config());
        assertEquals(Map.of("map", 70.0), info.seconds());
    }

    @Test
    void whatIsNoRunIsRefused() throws IOException {
        RunFolder run = new RunFolder(folder);
        assertFails(run::info, folder.toString(), "not a run folder", "train --patches PATCHES");
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
        assertFails(() -> run.require("scores.csv", "map"), folder.toString(), "scores.csv", "map --run " + folder);
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
        assertFails(() -> new RunFolder(folder).requireNew(), folder.toString(), "already holds files", "--resume");
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
