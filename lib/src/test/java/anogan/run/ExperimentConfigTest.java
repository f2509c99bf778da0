package anogan.run;

import static anogan.Sentences.assertFails;
import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with an experiment's file is said before anything is computed, and nothing in it is passed over. */
class ExperimentConfigTest {
    private static final Path CONFIGS = Path.of("../jbang-scripts/configs");
    private static final String GOOD = """
            {"reproduces": "r", "takes": "t", "expect": "e", "prepare": "--layout phantom", \
            "train": "--steps 3", "map": "--steps 4", "figures": true}""";
    @TempDir
    Path folder;

    private Path config(String from, String to) throws IOException {
        assertTrue(GOOD.contains(from));
        return Files.writeString(folder.resolve("x.json"), from.isEmpty() ? GOOD : GOOD.replace(from, to));
    }

    @Test
    void everyConfigSaysWhatItIs() throws IOException {
        try (Stream<Path> files = Files.list(CONFIGS)) {
            List<Path> configs = files.toList();
            assertTrue(configs.size() >= 5);
            for (Path config : configs) {
                ExperimentConfig e = ExperimentConfig
                        .read(ExperimentConfig.file(CONFIGS, ExperimentConfig.name(config)));
                assertFalse(e.classes().isEmpty());
                assertEquals(e.classes().size() > 1, e.prepare().contains("{}"),
                        config + " is run for each class, or not at all");
            }
        }
    }

    @Test
    void whatIsLeftAwayHasADefault() throws IOException {
        ExperimentConfig e = ExperimentConfig.read(config("", ""));
        assertEquals(List.of(""), e.classes());
        assertEquals(Map.of(), e.variants());
        assertEquals("", e.analyze());
        assertEquals(List.of("--normal", "3", "--size", "32"),
                ExperimentConfig.words("  --normal {}  --size 32 ", "3"));
    }

    @Test
    void slipsAreNamedAndNothingIsPassedOver() throws IOException {
        assertFails(() -> ExperimentConfig.read(config("\"train\": \"--steps 3\", ", "")), "x.json",
                "It must say \"train\"", "Correct it.");
        assertFails(() -> ExperimentConfig.read(config("--steps 3", " ")), "It must say \"train\"");
        assertFails(() -> ExperimentConfig.read(config(", \"figures\": true", "")),
                "figures is missing or has a wrong value");
        assertFails(() -> ExperimentConfig.read(config("\"figures\"", "\"varients\": {}, \"figures\"")), "x.json",
                "nobody knows its field \"varients\"", "takes, train, variants");
        assertFails(() -> ExperimentConfig.read(config("\"--steps 4\"", "[3]")), "map is missing or has a wrong value");
        assertFails(() -> ExperimentConfig.read(config("\"map\"", "\"train\"")), "stands twice");
        assertFails(() -> ExperimentConfig.read(config(", \"map\"", " \"map\"")), "no JSON at line 1");
        assertFails(() -> ExperimentConfig.read(Files.writeString(folder.resolve("y.json"), "")), "y.json");
    }

    /** A pair that still learns is mapped on its way, once. */
    @Test
    void earlierPairsAreMappedOnTheWay() throws IOException {
        ExperimentConfig e = ExperimentConfig.read(config("\"map\"", "\"earlier\": [1, 2], \"map\""));
        assertEquals("--steps 2", e.train(2));
        assertEquals(Map.of(1, "steps-1", 2, "steps-2"), e.earlier(folder));
        RunFolder done = new RunFolder(folder).variant("steps-1");
        done.write(RunInfo.begin(Path.of("p"), "abc", 7));
        assertEquals(2, e.earlier(folder).size(), "it is begun only");
        done.write(done.info().with("map", Map.of(), 1));
        assertEquals(Map.of(2, "steps-2"), e.earlier(folder));
        for (String wrong : List.of("[0]", "[2, 1]", "[1, 1]", "[3]"))
            assertFails(() -> ExperimentConfig.read(config("\"map\"", "\"earlier\": " + wrong + ", \"map\"")), "x.json",
                    "must rise from 1");
    }

    /** Names become folders: none may lead out of the data folder, or stand for two. */
    @Test
    void namesThatCannotBeFoldersAreRefused() throws IOException {
        for (String classes : List.of("[]", "[\"4\", \"4\"]", "[\"../../etc\"]", "[\"a/b\"]", "[\"\", \"1\"]", "[null]",
                "[\".\"]", "[\"a\\nb\"]")) {
            assertFails(() -> ExperimentConfig.read(config("\"figures\"", "\"classes\": " + classes + ", \"figures\"")),
                    "x.json");
        }
        for (String name : List.of("../x", "GAN", "", "a b")) {
            assertFails(
                    () -> ExperimentConfig
                            .read(config("\"figures\"", "\"variants\": {\"" + name + "\": \"--raw\"}, \"figures\"")),
                    "x.json", "A variant's name");
        }
    }

    @Test
    void anExperimentThatIsNotThereIsAnsweredWithThoseThatAre() throws IOException {
        assertRefused(() -> ExperimentConfig.file(CONFIGS, "octdll"), "There is no experiment octdll",
                "octdl, paper, paper-phantom, phantom, smoke");
        assertRefused(() -> ExperimentConfig.file(CONFIGS, folder + "/none.json"), "none.json", "smoke");
        Path hidden = Files.writeString(folder.resolve(".json"), GOOD);
        assertFails(() -> ExperimentConfig.file(CONFIGS, hidden.toString()), "letters, digits");
    }
}
