///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../AnoGan.java
//SOURCES Peer.java
//SOURCES Race.java

import anogan.UserError;
import anogan.dcgan.PatchSource;
import anogan.dcgan.TrainOptions;
import anogan.dcgan.Trainer;
import anogan.networks.Architecture;
import anogan.networks.Dcgan;
import anogan.networks.LearningEngine;
import anogan.networks.Precision;
import anogan.ui.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a training step takes, beside PyTorch: D on a batch of real and one of generated patches, then G. */
@Command(name = "bench-training", sortOptions = false,
        description = "Times DCGAN training steps of ours and of PyTorch in turns.",
        footer = {"",
                "\"small\" is 32×32 with channels 32-64-128 and 64 latent numbers, \"demo\" 64×64 with 16-32-64-128 "
                        + "and 64, \"paper\" 64×64 with 64-128-256-512 and 100; a batch is 64, of demo 32.",
                "", "Examples:",
                "  environment/jbang bench-training --size small,demo,paper --peer libtorch --csv training.csv"})
class BenchTraining extends Cli.Script {
    /** In a turn: the first step finds in the caches what the program before has left there. */
    private static final int STEPS = 5;

    @Option(names = "--size", split = ",", paramLabel = "S",
            description = "small, demo, paper or several [${DEFAULT-VALUE}].")
    List<String> sizes = List.of("small", "demo", "paper");
    @Option(names = "--batch", paramLabel = "N", description = "Patches in a batch [32 for demo, else 64].")
    Optional<Integer> batch = Optional.empty();
    @Option(names = "--engine", split = ",", paramLabel = "E",
            description = "onednn, deeplearning4j or both [${DEFAULT-VALUE}].")
    List<LearningEngine.Kind> engines = List.of(LearningEngine.Kind.ONEDNN);
    @Option(names = "--peer", split = ",", paramLabel = "P",
            description = "pytorch (a Python with torch), libtorch (fetched by Maven), or both [none].")
    List<String> peers = List.of();
    @Option(names = "--python", paramLabel = "FILE", description = "The Python of the peer pytorch [${DEFAULT-VALUE}].")
    String python = "python3";
    @Option(names = "--threads", paramLabel = "N",
            description = "PyTorch's threads; ours are all processors [all processors].")
    int threads = Runtime.getRuntime().availableProcessors();
    @Option(names = "--neighbours", paramLabel = "N",
            description = "Threads that compute something else all the time, as on a busy machine [${DEFAULT-VALUE}].")
    int neighbours;
    @Option(names = "--seconds", paramLabel = "X", description = "Time for each size and batch [${DEFAULT-VALUE}].")
    double seconds = 60;
    @Option(names = "--csv", paramLabel = "FILE", description = "Write the table there too.")
    Path csv;

    public static void main(String... args) {
        Cli.main(new BenchTraining(), args);
    }

    @Override
    protected void run() {
        List<Race.Row> rows = new ArrayList<>();
        for (String size : sizes) {
            Architecture a = switch (size) {
                case "small" -> new Architecture(32, 64, 0.5);
                case "demo" -> new Architecture(64, 64, 0.25);
                case "paper" -> new Architecture(64, 100, 1);
                default -> throw UserError.usage("The size is small, demo or paper, not %s.", size);
            };
            List<Race.Row> race = race(size, a, batch.orElse(size.equals("demo") ? 32 : 64));
            Race.print(race);
            rows.addAll(race);
        }
        if (csv != null) Race.write(rows, csv);
        System.out.printf(Locale.ROOT, "Peak memory of this process: %.0f MB%n", Race.peakMemory());
    }

    private List<Race.Row> race(String size, Architecture a, int batch) {
        // No moving average: PyTorch's has none.
        TrainOptions options = new TrainOptions(1_000_000, batch, 2e-4, 0.5, 0, 0, false, 1_000_000, 1_000_000, 1);
        PatchSource noise = (step, n, to) -> {
            SplittableRandom random = new SplittableRandom(step);
            for (int i = 0; i < n * a.size() * a.size(); i++) to[i] = (float) (2 * random.nextDouble() - 1);
        };
        Race race = new Race(size, batch, batch * gflop(a));
        List<Trainer> trainers = new ArrayList<>();
        for (LearningEngine.Kind engine : engines) {
            for (Precision precision : precisions(engine)) {
                Trainer trainer = new Trainer(a, options.withEngine(engine).withPrecision(precision), noise);
                trainers.add(trainer);
                race.add((engine + " " + precision).toLowerCase(Locale.ROOT),
                        () -> IntStream.range(0, STEPS).mapToDouble(i -> Race.milliseconds(trainer::train)).toArray());
            }
        }
        List<Peer> started = new ArrayList<>();
        try {
            Path folder = exported(a);
            for (String kind : peers) started.add(Peer.start(kind, python, threads, folder));
            for (Peer p : started) {
                System.out.printf("%s: %s%n", p.name(), p.ask("about"));
                for (String variant : List.of("eager", "bf16"))
                    race.add(p.name() + " " + variant, () -> p.numbers("train", variant, batch, STEPS));
            }
            List<Race.Row> rows = Race.beside(neighbours, () -> race.run(seconds));
            for (Peer p : started) System.out.printf("Peak memory of %s: %s MB%n", p.name(), p.ask("memory"));
            return rows;
        } finally {
            started.forEach(Peer::close);
            trainers.forEach(Trainer::close);
        }
    }

    private static List<Precision> precisions(LearningEngine.Kind engine) {
        if (engine == LearningEngine.Kind.DEEPLEARNING4J) return List.of(Precision.F32);
        if (LearningEngine.computes(Precision.BF16)) return List.of(Precision.values());
        System.err.println("onednn bf16 is left out: this processor has no kernels for it");
        return List.of(Precision.F32);
    }

    /** The peer wants a model and queries, though it trains one of its own. */
    private static Path exported(Architecture a) {
        try {
            Path folder = Files.createTempDirectory("bench");
            Peer.export(folder, Dcgan.random(a, 1), new float[1][a.size() * a.size()], new float[1][a.latent()]);
            return folder;
        } catch (IOException e) {
            throw UserError.failure("No temporary folder can be made: %s.", e.getMessage());
        }
    }

    /**
     * Billions of multiplications and additions for one patch. A pass through a network costs once forth, once back to
     * its input and once to its weights. D's own part: forth and weights for two batches, back to the input but for the
     * first layer; G's part: G forth, D forth and back to its input, G back and weights.
     */
    private static double gflop(Architecture a) {
        int[] c = a.generatorChannels();
        double dense = 2e-9 * a.latent() * a.features();
        double strided = 0;
        for (int i = 1; i <= a.layers(); i++) strided += 2e-9 * 25 * c[i - 1] * c[i] * Math.pow(2 << i, 2);
        double first = 2e-9 * 25 * c[a.layers() - 1] * Math.pow(a.size() / 2.0, 2);
        double d = 2 * (3 * strided - first);
        double g = 2 * dense + strided + 2 * strided + 2 * strided;
        return d + g;
    }
}
