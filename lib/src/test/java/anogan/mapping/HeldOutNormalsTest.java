package anogan.mapping;

import static anogan.Sentences.assertFails;
import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import anogan.Experiment;
import anogan.dcgan.HeldOutCurve;
import anogan.dcgan.RandomCrops;
import anogan.dcgan.TinyPatches;
import anogan.dcgan.TrainOptions;
import anogan.dcgan.TrainOptions.Keep;
import anogan.dcgan.Trainer;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.FrozenNetworks;
import anogan.networks.LearningEngine;
import anogan.networks.Pairs;
import anogan.networks.Precision;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.run.Seeds;
import anogan.scans.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loss of held-out normals, and the pair that is kept because of it. */
class HeldOutNormalsTest {
    private static final Architecture TINY = new Architecture(32, 4, 0.0625);
    private static final TrainOptions OPTIONS = new TrainOptions(12, 4, 2e-3, 0.5, 0, 0.5, true, 100, 5, 1)
            .withHeldOutEvery(2).withKeep(Keep.BEST);
    @TempDir
    static Path folder;
    private static Patches patches;

    @BeforeAll
    static void prepare() {
        patches = TinyPatches.prepare(folder.resolve("patches"), 1);
    }

    /** The mean of (1 − λ)·R + λ·D in double precision, at the points that a mapper of the test's own has found. */
    @Test
    void aRowIsTheMeanLossOfPatchesOfEachSplit() {
        Dcgan pair = Pairs.trained(32, 4, 0.0625, 3);
        HeldOutCurve.Row row = HeldOutNormals.of(patches, OPTIONS).orElseThrow().at(7, pair);
        double[] train = expected(pair, Split.TRAIN);
        double[] heldOut = expected(pair, Split.VALIDATION);
        assertEquals(7, row.step());
        assertEquals(train[0], row.trainLoss(), 1e-4 * train[0]);
        assertEquals(train[1], row.trainResidual(), 1e-4 * train[1]);
        assertEquals(heldOut[0], row.heldOutLoss(), 1e-4 * heldOut[0]);
        assertEquals(heldOut[1], row.heldOutResidual(), 1e-4 * heldOut[1]);
        assertNotEquals(row.trainLoss(), row.heldOutLoss());
    }

    /** Loss and R, means over a split's sample. */
    private static double[] expected(Dcgan pair, Split split) {
        List<Mapper.Query> queries = sample(split);
        MappingOptions options = MappingOptions.defaults().withSteps(30).withSeed(1);
        PlainMapping plain = new PlainMapping(pair);
        double[] sums = new double[2];
        try (Mapper mapper = new Mapper(FrozenNetworks.of(pair), options, new Compute(Compute.Engine.AUTO, 1, 4))) {
            List<MappingResult> ends = mapper.map(queries);
            for (int i = 0; i < ends.size(); i++) {
                PlainMapping.Parts p = plain.parts(PlainMapping.doubles(queries.get(i).pixels()),
                        PlainMapping.doubles(ends.get(i).z()));
                sums[0] += (0.9 * p.residual() + 0.1 * p.features()) / ends.size();
                sums[1] += p.residual() / ends.size();
            }
        }
        return sums;
    }

    /** 32 patches: each scan once before any comes again. */
    private static List<Mapper.Query> sample(Split split) {
        SplittableRandom random = Seeds.random(1, "held-out normals");
        List<Integer> scans = patches.scans(split);
        List<Integer> left = new ArrayList<>();
        List<Mapper.Query> sample = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            if (left.isEmpty()) left.addAll(scans);
            float[] pixels = new float[32 * 32];
            int scan = left.remove(random.nextInt(left.size()));
            random.nextInt(1);   // the row: strips are as high as patches
            patches.copyPatch(scan, 0, random.nextInt(patches.stripWidth() - 31), false, pixels, 0);
            sample.add(new Mapper.Query("", pixels));
        }
        return sample;
    }

    /** Told by a trainer that knows nothing of measurements, stopped at the step of the table's lowest row. */
    @ParameterizedTest
    @EnumSource(value = LearningEngine.Kind.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void theKeptModelIsThatOfTheLowestRow(LearningEngine.Kind engine) throws IOException {
        assumeTrue(LearningEngine.Kind.AUTO.resolved() == LearningEngine.Kind.ONEDNN
                || engine == LearningEngine.Kind.DEEPLEARNING4J, "oneDNN has no library here");
        keptIsThatOfTheLowestRow(OPTIONS.withEngine(engine), folder.resolve("kept-" + engine));
    }

    @Test
    void inBf16Too() throws IOException {
        assumeTrue(LearningEngine.computes(Precision.BF16), "oneDNN does not learn with bf16 on this processor");
        keptIsThatOfTheLowestRow(OPTIONS.withPrecision(Precision.BF16), folder.resolve("kept-bf16"));
    }

    private static void keptIsThatOfTheLowestRow(TrainOptions options, Path to) throws IOException {
        Experiment run = Experiment.at(to);
        Dcgan returned = run.train(patches, TINY, options);
        List<String> lines = Files.readAllLines(run.folder().file("heldout.csv"));
        assertEquals("step,train_loss,held_out_loss,train_R,held_out_R", lines.get(0));
        assertEquals(List.of("2", "4", "6", "8", "10", "12"),
                lines.stream().skip(1).map(l -> l.split(",")[0]).toList());
        String[] lowest = lines.get(1).split(",");
        for (String line : lines.subList(2, lines.size())) {
            String[] row = line.split(",");
            if (Double.parseDouble(row[2]) < Double.parseDouble(lowest[2])) lowest = row;
        }
        Dcgan kept = Dcgan.load(run.folder().file("model"));
        Pairs.assertSameBits(returned, kept);
        try (Trainer trainer = new Trainer(TINY, options, new RandomCrops(patches, true, 1))) {
            while (trainer.step() < Integer.parseInt(lowest[0])) trainer.train();
            Pairs.assertSameBits(trainer.dcgan().rounded(), kept);
        }
        HeldOutCurve.Row again = HeldOutNormals.of(patches, options).orElseThrow().at(0, kept);
        assertEquals(Double.parseDouble(lowest[2]), again.heldOutLoss(), 1e-3, "measured anew");
    }

    /** Whoever looks on does not disturb. */
    @Test
    void measuringChangesNoBit() {
        Dcgan watched = Experiment.at(folder.resolve("watched")).train(patches, TINY, OPTIONS.withKeep(Keep.LAST));
        try (Trainer alone = new Trainer(TINY, OPTIONS, new RandomCrops(patches, true, 1))) {
            while (alone.step() < OPTIONS.steps()) alone.train();
            Pairs.assertSameBits(alone.dcgan().rounded(), watched);
        }
        Experiment unwatched = Experiment.at(folder.resolve("unwatched"));
        Pairs.assertSameBits(watched, unwatched.train(patches, TINY, OPTIONS.withKeep(Keep.LAST).withHeldOutEvery(0)));
        assertFalse(Files.exists(unwatched.folder().file("heldout.csv")));
        assertTrue(HeldOutCurve.of(unwatched.folder()).lowest().isEmpty());
    }

    @Test
    void withoutValidationNormalsTheBestIsNotKnown() throws IOException {
        Path without = TinyPatches.prepare(folder.resolve("without"), 1).path();
        Path table = without.resolve("scans.csv");
        String scans = Files.readString(table);
        assertTrue(scans.contains(",validation,"), scans);
        Files.writeString(table, scans.replace(",validation,", ",test,"));
        Patches none = Patches.open(without);
        Experiment run = Experiment.at(folder.resolve("runs/none"));
        assertFails(() -> run.train(none, TINY, OPTIONS), without.toString(), "no normal validation scans",
                "last as option keep");
        assertFalse(Files.exists(run.folder().path()), "nothing is begun");

        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertEquals(Optional.empty(), HeldOutNormals.of(none, OPTIONS.withKeep(Keep.LAST)));
            assertEquals(Optional.empty(), HeldOutNormals.of(none, OPTIONS.withKeep(Keep.LAST).withHeldOutEvery(0)));
        } finally {
            System.setErr(before);
        }
        String words = said.toString(StandardCharsets.UTF_8);
        assertEquals(1, words.lines().count(), "once, and not where nothing is to be measured: " + words);
        assertTrue(words.contains(without.toString()), words);
    }

    @Test
    void whatCannotTellTheBestIsRefused() {
        Experiment run = Experiment.at(folder.resolve("runs/short"));
        assertRefused(() -> run.train(patches, TINY, OPTIONS.withSteps(1)), "in 1 steps", "option held-out-every (2)");
        assertFalse(Files.exists(run.folder().path()), "nothing is begun");
        assertRefused(() -> OPTIONS.withHeldOutEvery(0), "option held-out-every");
        assertRefused(() -> OPTIONS.withHeldOutEvery(-1), "never with 0", "-1");
    }

    @Test
    void aDamagedTableIsToldInASentence() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("runs/damaged"));
        Files.createDirectories(run.path());
        Files.writeString(run.file("heldout.csv"), "step,train_loss,held_out_loss,train_R,held_out_R\n2,1,x,1,1\n");
        assertFails(() -> HeldOutCurve.of(run), "heldout.csv", "\"x\" is no number");
    }
}
