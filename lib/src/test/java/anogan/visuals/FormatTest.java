package anogan.visuals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import anogan.UserError;
import anogan.dcgan.TrainOptions;
import anogan.dcgan.Training;
import anogan.mapping.MappingLoss;
import anogan.mapping.MappingOptions;
import anogan.mapping.Optimiser;
import anogan.networks.Architecture;
import anogan.networks.Precision;
import anogan.run.RunFolder;
import anogan.run.RunInfo;
import anogan.scoring.ScoringOptions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatTest {
    @TempDir
    Path folder;

    @Test
    void aSettingTellsWhatHasRunSoFar() {
        RunFolder run = new RunFolder(folder.resolve("mine"));
        RunInfo info = RunInfo.begin(Path.of("patches"), "abc", 7);
        run.write(info);
        assertEquals("Run mine, seed 7.", Format.setting(run));

        TrainOptions options = new TrainOptions(1200, 32, 2e-4, 0.5, 0, 0.999, true, 100, 100, 7);
        info = info.with("train", new Training.Config(new Architecture(64, 64, 0.25), options), 1);
        run.write(info);
        assertEquals("Run mine, seed 7: width 0.25, 1,200 training steps of 32 patches.", Format.setting(run));

        MappingOptions mapping = new MappingOptions(new MappingLoss.FeatureMatching(0.3), new Optimiser.Adam(0.2), 60,
                0, 1, Precision.F32, 7);
        run.write(info.with("map", new ScoringOptions(mapping, false, 0, 2.5), 1));
        assertEquals("Run mine, seed 7: width 0.25, 1,200 training steps of 32 patches, Γ = 60, λ = 0.3.",
                Format.setting(run));
        assertThrows(UserError.class, () -> Format.setting(new RunFolder(folder)));
    }

    @Test
    void anOlderRunTellsWhatItWroteDown() {
        RunFolder run = new RunFolder(folder.resolve("old"));
        run.write(RunInfo.begin(Path.of("patches"), "abc", 7)
                .with("train", Map.of("options", Map.of("steps", 10, "batch", 4)), 1)
                .with("map", Map.of("mapping", Map.of("steps", 5)), 1));
        assertEquals("Run old, seed 7: 10 training steps of 4 patches, Γ = 5.", Format.setting(run));
    }

    @Test
    void durationsReadAsPeopleSayThem() {
        assertEquals("62 s", Format.duration(62));
        assertEquals("2.9 min", Format.duration(171.2));
        assertEquals("2.0 h", Format.duration(7200));
    }
}
