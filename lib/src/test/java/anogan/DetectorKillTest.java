package anogan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.dcgan.TinyPatches;
import anogan.dcgan.TrainOptions;
import anogan.mapping.MappingOptions;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.scans.Scans;
import anogan.scans.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A detect that is killed without warning, at any moment, ends with the bytes of one that was left alone. */
class DetectorKillTest {
    private static final int KILLS = Integer.getInteger("anogan.kills", 4);   // -Danogan.kills=10 tries more
    private static final Compute COMPUTE = new Compute(Compute.Engine.AUTO, 2, 20);
    @TempDir
    Path folder;

    /** Judges the scans in {@code scans} beside {@code args[0]} and writes into {@code args[1]}. */
    static final class Program {
        public static void main(String... args) {
            System.out.println("begin");
            Path folder = Path.of(args[0]).getParent();
            Detector.load(folder.resolve("tiny.anogan")).examine(Scans.each(List.of(folder.resolve("scans"))),
                    Path.of(args[1]), 0.2, COMPUTE);
            System.exit(0);
        }
    }

    @Test
    void killsLeaveNoTrace() throws IOException, InterruptedException {
        Patches patches = TinyPatches.prepare(folder.resolve("patches"), 1);
        Experiment run = Experiment.at(folder.resolve("run"));
        run.train(patches, Architecture.defaults().withSize(32).withLatent(8).withWidth(0.0625),
                TrainOptions.defaults().withBatch(4).withSteps(2));
        run.map(MappingOptions.defaults().withSteps(100));
        run.export(folder.resolve("tiny.anogan"), "");
        Files.createDirectory(folder.resolve("scans"));
        for (int scan : patches.scans(Split.TEST)) {
            String file = patches.scans().get(scan).scan() + ".png";
            Files.copy(patches.path().resolve("scans").resolve(file), folder.resolve("scans").resolve(file));
        }
        RunFolder alone = new RunFolder(folder.resolve("alone"));
        long start = System.nanoTime();
        assertEquals(0, OtherJvm.start(folder, Program.class, alone).end(), () -> OtherJvm.log(folder));
        int millis = (int) ((System.nanoTime() - start) / 1_000_000);
        RunFolder killed = new RunFolder(folder.resolve("killed"));
        SplittableRandom random = new SplittableRandom(20170317);
        int kills = 0;
        for (int i = 0; i < KILLS; i++) {
            try (OtherJvm program = OtherJvm.start(folder, Program.class, killed)) {
                long end = System.nanoTime() + random.nextInt(millis) * 1_000_000L;
                program.await(() -> System.nanoTime() > end);
                if (program.kill()) kills++;
            }
        }
        assertTrue(kills > 0, "no program lived long enough to be killed");
        assertEquals(0, OtherJvm.start(folder, Program.class, killed).end(), () -> OtherJvm.log(folder));
        Map<String, byte[]> expected = contents(alone.path());
        Map<String, byte[]> actual = contents(killed.path());
        assertEquals(expected.keySet(), actual.keySet(), "no crumbs are left");
        assertTrue(expected.keySet().containsAll(List.of("report.html", "regions.csv", "patches.csv", "scans.csv")));
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
    }

    /** All files but those that tell when and how long. */
    private static Map<String, byte[]> contents(Path folder) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path f : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(f).toString();
                if (!name.matches(".*(run|patches)\\.json")) contents.put(name, Files.readAllBytes(f));
            }
        }
        return contents;
    }
}
