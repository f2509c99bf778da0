package anogan;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.AutoencoderOptions;
import anogan.dcgan.TrainOptions;
import anogan.mapping.MappingOptions;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.patches.Patches;
import anogan.patches.PrepareOptions;
import anogan.phantom.PhantomScans;
import anogan.scans.Split;
import anogan.scoring.Score;
import anogan.scoring.ScoringOptions;
import anogan.scoring.SweepOptions;
import anogan.statistics.AnalysisOptions;
import anogan.statistics.DiscoverOptions;
import anogan.statistics.MarkerAnalysis;
import anogan.visuals.Figures;
import anogan.visuals.FiguresOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The front door, as a user's program walks through it. */
class ExperimentTest {
    private static final TrainOptions TRAINING = TrainOptions.defaults().withBatch(4).withSampleEvery(2)
            .withCheckpointEvery(2);
    private static final PhantomScans FEW = new PhantomScans(4, 2, 2, 1);
    private static final Architecture SMALL = Architecture.defaults().withSize(32).withLatent(8).withWidth(0.0625);

    @Test
    void fromScansToReportAndOnAfterPatchesMoved(@TempDir Path data) throws IOException {
        Path prepared = data.resolve("patches");
        Patches patches = Patches.prepare(FEW, PrepareOptions.defaults(32), prepared);
        Experiment run = Experiment.at(data.resolve("run"));
        run.train(patches, SMALL, TRAINING.withSteps(2));
        Dcgan further = run.train(patches, SMALL, TRAINING.withSteps(4));                  // goes on
        Dcgan again = run.train(patches, SMALL, TRAINING.withSteps(4));                    // is done already
        further.generator().forEach((name, w) -> assertArrayEquals(w.data(), again.generator().get(name).data(), name));
        assertEquals(5, Files.readAllLines(run.folder().file("losses.csv")).size(), "a head and four steps");

        run.map(MappingOptions.defaults().withSteps(2));
        Path elsewhere = Files.move(prepared, data.resolve("elsewhere"));
        assertFails(run::patches, prepared.toString());
        run.withPatches(elsewhere);
        run.sweep(SweepOptions.defaults().withLambdas(List.of(0.2)).withSteps(List.of(1)).withSample(4),
                Compute.defaults());
        var result = run.analyze(AnalysisOptions.defaults().withBootstrap(100));
        assertTrue(result.analysis().patch(Score.A).isPresent());
        assertTrue(result.toString().contains("AUROC"), result.toString());
        MarkerAnalysis markers = run.discover(DiscoverOptions.defaults().withBootstrap(3));
        assertEquals(run.patches().scans(Split.TEST).size(), markers.scans());
        assertEquals(markers.found(), MarkerAnalysis.of(run.folder()).orElseThrow().found());
        for (String file : List.of("regions.csv", "markers.csv", "marker_classes.csv", "markers.html"))
            assertTrue(Files.size(run.folder().file(file)) > 50, file);
        Figures.Written written = run.report(FiguresOptions.defaults());
        assertTrue(Files.size(written.report()) > 10_000);
        assertTrue(written.figures().size() > 5, written.figures().toString());
        assertEquals(Set.of("prepare", "train", "map", "sweep", "analyze", "discover", "figures"),
                run.folder().info().stages().keySet(), "each stage says when, by whom and how it was done");
    }

    /** Both on another computer, where the old place holds something else. */
    @Test
    void aRunThatMovedWithItsPatchesFindsThem(@TempDir Path data) throws IOException {
        Path here = data.resolve("here");
        Patches patches = Patches.prepare(FEW, PrepareOptions.defaults(32), here.resolve("patches"));
        Experiment first = Experiment.at(here.resolve("runs/run"));
        first.train(patches, SMALL, TRAINING.withSteps(2));
        ScoringOptions scoring = ScoringOptions.defaults().withMapping(MappingOptions.defaults().withSteps(2));
        first.variant("before", scoring);
        Path there = Files.move(here, data.resolve("there"));
        Patches.prepare(FEW, PrepareOptions.defaults(32).withSeed(2), here.resolve("patches"));
        Path now = there.resolve("patches").toAbsolutePath();
        Experiment run = Experiment.at(there.resolve("runs/run"));
        assertEquals(now, run.patches().path());
        assertEquals(now, Experiment.at(run.folder().variant("before").path()).patches().path());
        assertEquals(now, run.variant("after", scoring).patches().path());
        run.map(scoring);
        run.autoencoder(AutoencoderOptions.defaults().withSteps(2).withBatch(4));
        run.sweep(SweepOptions.defaults().withLambdas(List.of(0.2)).withSteps(List.of(1)).withSample(4),
                Compute.defaults());
        run.analyze(AnalysisOptions.defaults().withBootstrap(100));
        assertTrue(Files.size(run.report(FiguresOptions.defaults()).report()) > 10_000);
        Files.move(there.resolve("patches"), data.resolve("away"));
        assertFails(() -> run.analyze(AnalysisOptions.defaults()), "other patches", here.resolve("patches").toString());
    }

    @Test
    void aTrainingThatGoesOnSaysWhereItsPatchesAreNow(@TempDir Path data) throws IOException {
        Patches patches = Patches.prepare(new PhantomScans(2, 1, 1, 1), PrepareOptions.defaults(32), data.resolve("a"));
        Experiment run = Experiment.at(data.resolve("run"));
        run.train(patches, SMALL, TRAINING.withSteps(2));
        Files.move(data.resolve("a"), data.resolve("b"));
        run.train(Patches.open(data.resolve("b")), SMALL, TRAINING.withSteps(2));
        assertEquals(data.resolve("b").toAbsolutePath(), run.patches().path());
    }

    @Test
    void otherPatchesAreNotThoseThatMoved(@TempDir Path data) {
        Patches patches = Patches.prepare(new PhantomScans(2, 1, 1, 1), PrepareOptions.defaults(32), data.resolve("a"));
        Patches.prepare(new PhantomScans(2, 1, 1, 1), PrepareOptions.defaults(32).withSeed(2), data.resolve("b"));
        Experiment run = Experiment.at(data.resolve("run"));
        run.train(patches, SMALL, TRAINING.withSteps(2));
        assertFails(() -> run.withPatches(data.resolve("b")), "other patches");
        assertEquals(patches.path().toAbsolutePath(), run.patches().path());
        Experiment none = Experiment.at(data.resolve("none"));
        assertFails(() -> none.map(ScoringOptions.defaults()), "is not a run folder");
    }
}
