///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../AnoGan.java
//SOURCES Peer.java
//SOURCES Race.java

import anogan.UserError;
import anogan.dcgan.EncoderTraining;
import anogan.mapping.Mapper;
import anogan.mapping.MappingLoss;
import anogan.mapping.MappingOptions;
import anogan.mapping.Optimiser;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.Encoder;
import anogan.networks.Engines;
import anogan.networks.FrozenNetworks;
import anogan.networks.Precision;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.run.Seeds;
import anogan.scans.Split;
import anogan.ui.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a mapping step takes, beside PyTorch; and a whole mapping to the same loss. */
@Command(name = "bench-mapping", sortOptions = false,
        description = "Times mapping steps of our engines and of PyTorch in turns, on the same weights and queries.",
        footer = {"",
                "\"small\" is 32×32 with channels 32-64-128 and 64 latent numbers, \"paper\" 64×64 with "
                        + "64-128-256-512 and 100.",
                "", "Examples:",
                "  environment/jbang bench-mapping --size small,paper --batch 1,16,64 --peer libtorch --csv "
                        + "mapping.csv",
                "  environment/jbang bench-mapping --size paper --batch 16 --peer pytorch --python /usr/bin/python3",
                "  environment/jbang bench-mapping --run data/runs/demo --batch 16 --peer libtorch"})
class BenchMapping extends Cli.Script {
    private static final MappingLoss LOSS = new MappingLoss.FeatureMatching(0.1);
    private static final double TURN_MS = 400;

    @Option(names = "--size", split = ",", paramLabel = "S", description = "small, paper or both [${DEFAULT-VALUE}].")
    List<String> sizes = List.of("small", "paper");
    @Option(names = "--run", paramLabel = "RUN",
            description = "A trained run: its networks and patches instead, and whole mappings to the same loss.")
    Path run;
    @Option(names = "--batch", split = ",", paramLabel = "N", description = "Images in a step [${DEFAULT-VALUE}].")
    List<Integer> batches = List.of(1, 16, 64);
    @Option(names = "--peer", split = ",", paramLabel = "P",
            description = "pytorch (a Python with torch), libtorch (fetched by Maven), or both [none].")
    List<String> peers = List.of();
    @Option(names = "--python", paramLabel = "FILE", description = "The Python of the peer pytorch [${DEFAULT-VALUE}].")
    String python = "python3";
    @Option(names = "--threads", paramLabel = "N", description = "Threads of everyone [all processors].")
    int threads = Runtime.getRuntime().availableProcessors();
    @Option(names = "--seconds", paramLabel = "X", description = "Time for each size and batch [${DEFAULT-VALUE}].")
    double seconds = 60;
    @Option(names = "--csv", paramLabel = "FILE", description = "Write the table there too.")
    Path csv;
    @Option(names = "--plot", paramLabel = "FILE",
            description = "Draw the speeds there, as multiples of the first peer's eager; with --table, of an "
                    + "earlier table.")
    Path plot;
    @Option(names = "--table", paramLabel = "FILE",
            description = "Measure nothing; print (and draw) a table that --csv wrote.")
    Path table;
    @Option(names = "--seed", paramLabel = "N",
            description = "Seed of weights, queries and starting points [${DEFAULT-VALUE}].")
    long seed = 1;

    public static void main(String... args) {
        Cli.main(new BenchMapping(), args);
    }

    @Override
    protected void run() {
        if (table != null) {
            List<Race.Row> rows = Race.read(table);
            Race.print(rows);
            draw(rows);
            return;
        }
        if (batches.stream().anyMatch(b -> b < 1)) throw UserError.usage("A batch holds 1 or more images.");
        List<Race.Row> rows = new ArrayList<>();
        for (String size : run == null ? sizes : List.of("run")) {
            Dcgan pair = switch (size) {
                case "small" -> Dcgan.random(new Architecture(32, 64, 0.5), seed);
                case "paper" -> Dcgan.random(new Architecture(64, 100, 1), seed);
                case "run" -> Dcgan.load(new RunFolder(run).file("model"));
                default -> throw UserError.usage("The size is small or paper, not %s.", size);
            };
            rows.addAll(race(size, pair));
        }
        if (csv != null) Race.write(rows, csv);
        draw(rows);
        System.out.printf(Locale.ROOT, "Peak memory of this process: %.0f MB%n", Race.peakMemory());
    }

    private void draw(List<Race.Row> rows) {
        if (plot == null) return;
        String reference = rows.stream().map(Race.Row::name).filter(n -> n.endsWith("eager")).findFirst()
                .orElse(rows.get(0).name());
        Race.plot(rows, reference, plot);
        System.out.println(plot);
    }

    private List<Race.Row> race(String size, Dcgan pair) {
        List<Mapper.Query> queries = queries(pair.architecture(), batches.stream().mapToInt(b -> b).max().orElse(1));
        List<Peer> started = new ArrayList<>();
        List<Race.Row> rows = new ArrayList<>();
        Path folder = exported(pair, queries);
        try {
            for (String kind : peers) started.add(Peer.start(kind, python, threads, folder));
            for (Peer p : started) System.out.printf("%s: %s%n", p.name(), p.ask("about"));
            for (int batch : batches) {
                List<Race.Row> race = race(size, pair, queries.subList(0, batch), started);
                Race.print(race);
                rows.addAll(race);
                if (run != null) wholeMapping(pair, queries.subList(0, batch), started);
            }
            for (Peer p : started) System.out.printf("Peak memory of %s: %s MB%n", p.name(), p.ask("memory"));
        } finally {
            started.forEach(Peer::close);
        }
        return rows;
    }

    private List<Race.Row> race(String size, Dcgan pair, List<Mapper.Query> queries, List<Peer> started) {
        int batch = queries.size();
        FrozenNetworks networks = FrozenNetworks.of(pair);
        Race race = new Race(size, batch, batch * pair.architecture().mappingGflop());
        List<Mapper> mappers = new ArrayList<>();
        try {
            for (String name : List.of("onednn f32", "onednn bf16", "nd4j f32")) {
                if (Engines.computes(precision(name))) race.add(name, ours(name, networks, queries, mappers));
                else System.err.println(name + " is left out: this processor has no kernels for it");
            }
            for (Peer p : started) {
                for (String variant : p.ask("variants").split("\\s+")) {
                    check(networks, queries, p, variant);
                    double ms = p.numbers("steps", variant, batch, 2)[1];
                    int steps = (int) Math.max(1, Math.min(100, TURN_MS / ms));
                    race.add(p.name() + " " + variant, () -> p.numbers("steps", variant, batch, steps));
                }
            }
            return race.run(seconds);
        } finally {
            mappers.forEach(Mapper::close);
        }
    }

    private static Precision precision(String name) {
        return name.endsWith("bf16") ? Precision.BF16 : Precision.F32;
    }

    /** Turns of our own: calls of the library, timed from the first image's one step to its next. */
    private Race.Runner ours(String name, FrozenNetworks networks, List<Mapper.Query> queries, List<Mapper> mappers) {
        Compute compute = new Compute(name.startsWith("nd4j") ? Compute.Engine.ND4J : Compute.Engine.ONEDNN, threads,
                queries.size());
        Precision precision = precision(name);
        double ms;
        try (Mapper trial = new Mapper(networks, options(new Optimiser.Adam(0.01), 4, precision), compute)) {
            trial.map(queries);
            ms = Race.milliseconds(() -> trial.map(queries)) / 4;
        }
        int steps = (int) Math.max(3, Math.min(400, TURN_MS / ms));
        Mapper mapper = new Mapper(networks, options(new Optimiser.Adam(0.01), steps, precision), compute);
        mappers.add(mapper);
        return () -> {
            double[] at = new double[steps + 1];
            mapper.map(queries,
                    (query, step, generated, loss) -> at[step] = query == 0 ? System.nanoTime() / 1e6 : at[step]);
            return IntStream.range(0, steps).mapToDouble(step -> at[step + 1] - at[step]).toArray();
        };
    }

    /** Nobody is timed who computes something else. */
    private void check(FrozenNetworks networks, List<Mapper.Query> queries, Peer peer, String variant) {
        double[] own = new double[queries.size()];
        try (Mapper mapper = new Mapper(networks, options(new Optimiser.Adam(0.01), 1, Precision.F32),
                new Compute(Compute.Engine.AUTO, threads, queries.size()))) {
            mapper.map(queries, (query, step, generated, loss) -> own[query] = step == 0 ? loss : own[query]);
        }
        double[] theirs = peer.numbers("losses", variant, queries.size());
        for (int i = 0; i < own.length; i++) {
            double off = Math.abs(theirs[i] / own[i] - 1);
            if (!(off < (variant.contains("bf16") ? 0.05 : 1e-4))) {
                throw UserError.failure("%s %s computes another loss than we do: %s against %s for query %d.",
                        peer.name(), variant, theirs[i], own[i], i);
            }
        }
    }

    /**
     * PyTorch as its users write it, 500 steps of Adam at its best learning rate, against as many full-matrix steps as
     * reach the same loss.
     */
    private void wholeMapping(Dcgan pair, List<Mapper.Query> queries, List<Peer> started) {
        Frozen networks = new Frozen(FrozenNetworks.of(pair), encoder(pair).map(e -> FrozenNetworks.of(pair, e)));
        Map<Double, Double> tuned = new LinkedHashMap<>();
        for (double rate : new double[] {0.02, 0.05, 0.1, 0.2})
            tuned.put(rate, map(networks, queries, options(new Optimiser.Adam(rate), 500, Precision.F32)).loss()[500]);
        double rate = tuned.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
        System.out.printf(Locale.ROOT,
                "%nWhole mapping of %d images; mean loss after 500 steps of Adam by learning rate: %s%n",
                queries.size(), tuned);
        double goal = tuned.get(rate);
        for (Peer p : started) {
            double[] result = p.numbers("map", "eager", queries.size(), 500, rate);
            System.out.printf(Locale.ROOT, "  %-24s Adam %.2f, 500 steps: loss %.2f, %.1f s%n", p.name() + " eager",
                    rate, result[0], result[1]);
            goal = Math.max(goal, result[0]);
            for (Precision precision : Precision.values()) reach(networks, queries, precision, result[0], result[1]);
        }
        if (started.isEmpty())
            for (Precision precision : Precision.values()) reach(networks, queries, precision, goal, Double.NaN);
    }

    /** Full-matrix steps to the goal, by the learning rate that is there first, from each start that the run knows. */
    private void reach(Frozen networks, List<Mapper.Query> queries, Precision precision, double goal,
            double theirSeconds) {
        if (!Engines.computes(precision)) return;
        for (MappingOptions.Start start : networks.starts()) {
            double best = 0;
            int steps = Integer.MAX_VALUE;
            for (double rate : new double[] {0.05, 0.1, 0.2}) {
                double[] loss = map(networks, queries, descent(new Optimiser.FullMatrix(rate), 500, precision, start))
                        .loss();
                int reached = IntStream.rangeClosed(0, 500).filter(s -> loss[s] <= goal).findFirst().orElse(501);
                if (reached < steps) {
                    steps = reached;
                    best = rate;
                }
            }
            String who = "onednn " + precision.name().toLowerCase(Locale.ROOT) + " from "
                    + (start == MappingOptions.Start.ENCODER ? "E(x)" : "a random z");
            if (steps > 500) {
                System.out.printf(Locale.ROOT, "  %-24s full matrix: not there within 500 steps%n", who);
                continue;
            }
            Way way = map(networks, queries, descent(new Optimiser.FullMatrix(best), steps, precision, start));
            System.out.printf(Locale.ROOT,
                    "  %-24s full matrix %.2f, %d steps: loss %.2f, %.2f s: %.1f times as fast%n", who, best, steps,
                    way.loss[steps], way.seconds, theirSeconds / way.seconds);
        }
    }

    /** A run's pair, and its encoder if it has one. */
    private record Frozen(FrozenNetworks pair, Optional<FrozenNetworks> encoder) {
        private List<MappingOptions.Start> starts() {
            return encoder.isPresent() ? List.of(MappingOptions.Start.values()) : List.of(MappingOptions.Start.RANDOM);
        }
    }

    private Optional<Encoder> encoder(Dcgan pair) {
        RunFolder folder = new RunFolder(run);
        return Encoder.isSaved(EncoderTraining.model(folder)) ? Optional.of(EncoderTraining.trained(folder, pair))
                : Optional.empty();
    }

    private MappingOptions descent(Optimiser optimiser, int steps, Precision precision, MappingOptions.Start start) {
        return new MappingOptions(LOSS, optimiser, steps, 0, 1, precision, seed, start);
    }

    /** Mean loss before each step and at the end. */
    private record Way(double[] loss, double seconds) {}

    private Way map(Frozen networks, List<Mapper.Query> queries, MappingOptions options) {
        double[][] losses = new double[queries.size()][options.steps() + 1];
        long start = System.nanoTime();
        try (Mapper mapper = new Mapper(networks.pair, networks.encoder, options,
                new Compute(Compute.Engine.ONEDNN, threads, queries.size()))) {
            mapper.map(queries, (query, step, generated, loss) -> losses[query][step] = loss);
        }
        double[] mean = new double[options.steps() + 1];
        for (double[] l : losses) for (int s = 0; s < mean.length; s++) mean[s] += l[s] / losses.length;
        return new Way(mean, (System.nanoTime() - start) / 1e9);
    }

    private MappingOptions options(Optimiser optimiser, int steps, Precision precision) {
        return descent(optimiser, steps, precision, MappingOptions.Start.RANDOM);
    }

    private List<Mapper.Query> queries(Architecture a, int n) {
        List<Mapper.Query> queries = new ArrayList<>();
        SplittableRandom random = Seeds.random(seed, "queries");
        if (run == null) {
            for (int i = 0; i < n; i++) {
                float[] x = new float[a.size() * a.size()];
                for (int j = 0; j < x.length; j++) x[j] = (float) Math.tanh(random.nextGaussian());
                queries.add(new Mapper.Query("query " + i, x));
            }
            return queries;
        }
        Patches patches = Patches.open(new RunFolder(run).patches());
        List<Patch> all = new ArrayList<>();
        for (int scan : patches.scans(Split.TEST)) all.addAll(patches.grid(scan));
        for (int i = 0; i < n; i++) {
            Patch p = all.remove(random.nextInt(all.size()));
            float[] x = new float[a.size() * a.size()];
            patches.copyPatch(p.scan(), p.row(), p.column(), false, x, 0);
            queries.add(new Mapper.Query("query " + i, x));
        }
        return queries;
    }

    private Path exported(Dcgan pair, List<Mapper.Query> queries) {
        try {
            Path folder = Files.createTempDirectory("bench");
            int latent = pair.architecture().latent();
            float[][] z = queries.stream().map(q -> q.randomStart(seed, 0, latent)).toArray(float[][]::new);
            Peer.export(folder, pair, queries.stream().map(Mapper.Query::pixels).toArray(float[][]::new), z);
            return folder;
        } catch (IOException e) {
            throw UserError.failure("No temporary folder can be made: %s.", e.getMessage());
        }
    }
}
