import anogan.UserError;
import anogan.io.AtomicFiles;
import anogan.io.Csv;
import anogan.networks.Engines;
import anogan.networks.OpenMp;
import anogan.networks.Precision;
import anogan.ui.Progress;
import anogan.visuals.Style;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Several programs doing the same work in turns. A machine's speed changes from second to second; in turns, all meet
 * the same weather, and so does the matrix product that they are held against. What counts is the 20th percentile of a
 * program's turns: interruptions only ever make a turn longer.
 */
final class Race {
    /** One that is timed: a turn gives the milliseconds of one or more steps. */
    @FunctionalInterface
    interface Runner {
        double[] turn();
    }

    /**
     * A program's result.
     *
     * @param size   small or paper
     * @param batch  images in a step
     * @param name   of the program
     * @param ms     of a step, 20th percentile
     * @param median of a step, in ms
     * @param images steps times images per second
     * @param gflops multiplications and additions of the layers, per second
     * @param share  of the best matrix product in the same precision
     */
    record Row(String size, int batch, String name, double ms, double median, double images, double gflops,
            double share) {}

    private final String size;
    private final int batch;
    private final double gflop;
    private final Product f32 = new Product(memory.data_type.f32);
    private final Product bf16 = new Product(
            Engines.computes(Precision.BF16) ? memory.data_type.bf16 : memory.data_type.f32);
    private final Map<String, Runner> runners = new LinkedHashMap<>();

    /** @param gflop in a step of the whole batch */
    Race(String size, int batch, double gflop) {
        this.size = size;
        this.batch = batch;
        this.gflop = gflop;
    }

    void add(String name, Runner runner) {
        runners.put(name, runner);
    }

    List<Row> run(double seconds) {
        if (!(seconds > 0)) throw UserError.usage("A race takes some seconds, not %s.", seconds);
        Map<String, List<Double>> times = new LinkedHashMap<>();
        runners.forEach((name, runner) -> {
            runner.turn();   // warm
            times.put(name, new ArrayList<>());
        });
        long start = System.nanoTime();
        try (Progress bar = Progress.start(size + " " + batch, Math.round(seconds), "seconds")) {
            long told = 0;
            for (int round = 0; round < 5 || System.nanoTime() - start < seconds * 1e9; round++) {
                runners.forEach(
                        (name, runner) -> times.get(name).addAll(Arrays.stream(runner.turn()).boxed().toList()));
                f32.time();
                bf16.time();
                long now = Math.min(Math.round(seconds), Math.round((System.nanoTime() - start) / 1e9));
                bar.step(now - told);
                told = now;
            }
        }
        return times.entrySet().stream()
                .map(e -> row(e.getKey(), e.getValue().stream().mapToDouble(d -> d).sorted().toArray())).toList();
    }

    /** What the race gives while so many threads compute something else. */
    static List<Row> beside(int neighbours, Supplier<List<Row>> race) {
        AtomicBoolean over = new AtomicBoolean();
        for (int i = 0; i < neighbours; i++) {
            Thread neighbour = new Thread(() -> {
                while (!over.get()) Thread.onSpinWait();
            }, "neighbour");
            neighbour.setDaemon(true);
            neighbour.start();
        }
        try {
            return race.get();
        } finally {
            over.set(true);
        }
    }

    private Row row(String name, double[] sorted) {
        double ms = sorted[sorted.length / 5];
        return new Row(size, batch, name, ms, sorted[sorted.length / 2], batch / ms * 1000, gflop / ms * 1000,
                gflop / ms * 1000 / (name.contains("bf16") ? bf16 : f32).best);
    }

    /** The table; the last column says how many times as long each takes as the first. */
    static void print(List<Row> rows) {
        System.out.printf("%-6s %5s  %-28s %10s %10s %10s %9s %7s %8s%n", "size", "batch", "", "ms/step", "median",
                "images/s", "GFLOP/s", "share", "× ours");
        Row first = rows.get(0);
        for (Row r : rows) {
            if (!r.size.equals(first.size) || r.batch != first.batch) first = r;
            System.out.printf(Locale.ROOT, "%-6s %5d  %-28s %10.2f %10.2f %10.1f %9.1f %6.0f%% %8.2f%n", r.size,
                    r.batch, r.name, r.ms, r.median, r.images, r.gflops, 100 * r.share, r.ms / first.ms);
        }
    }

    static void write(List<Row> rows, Path csv) {
        StringBuilder text = new StringBuilder("size,batch,program,ms,median_ms,images_per_s,gflops,gemm_share\n");
        for (Row r : rows) text.append(Csv.line(r.size, r.batch, r.name, number(r.ms), number(r.median),
                number(r.images), number(r.gflops), number(r.share)));
        AtomicFiles.writeString(csv, text.toString());
    }

    static List<Row> read(Path csv) {
        return Csv.read(csv).stream()
                .map(r -> new Row(r.get("size"), Integer.parseInt(r.get("batch")), r.get("program"),
                        Double.parseDouble(r.get("ms")), Double.parseDouble(r.get("median_ms")),
                        Double.parseDouble(r.get("images_per_s")), Double.parseDouble(r.get("gflops")),
                        Double.parseDouble(r.get("gemm_share"))))
                .toList();
    }

    /** Images per second of every program, as multiples of the reference's in the same race. */
    static void plot(List<Row> rows, String reference, Path png) {
        CategoryChart chart = new CategoryChartBuilder().width(1100).height(460)
                .yAxisTitle("speed, as a multiple of " + reference).xAxisTitle("size and batch").build();
        var style = chart.getStyler();
        style.setChartBackgroundColor(Style.PAPER);
        style.setPlotBackgroundColor(Style.PAPER);
        style.setPlotGridLinesColor(Style.RULE);
        style.setPlotBorderVisible(false);
        style.setAxisTickLabelsFont(Style.text());
        style.setAxisTitleFont(Style.text());
        style.setLegendFont(Style.text());
        style.setLegendBorderColor(Style.PAPER);
        style.setLegendPosition(LegendPosition.OutsideE);
        style.setYAxisMin(0.0);
        style.setYAxisDecimalPattern("0.#");
        style.setAvailableSpaceFill(0.85);
        style.setLabelsVisible(true);
        style.setLabelsFont(Style.text().deriveFont(10f));
        List<String> races = rows.stream().map(r -> r.size + " " + r.batch).distinct().toList();
        for (String name : rows.stream().map(Row::name).distinct().toList()) {
            List<Double> speeds = races.stream().map(race -> speed(rows, race, name) / speed(rows, race, reference))
                    .toList();
            chart.addSeries(name, races, speeds);
        }
        BufferedImage image = BitmapEncoder.getBufferedImage(chart);
        AtomicFiles.write(png, out -> ImageIO.write(image, "png", out));
    }

    private static double speed(List<Row> rows, String race, String name) {
        return rows.stream().filter(r -> race.equals(r.size + " " + r.batch) && r.name.equals(name))
                .mapToDouble(Row::images).findFirst().orElse(Double.NaN);
    }

    private static String number(double v) {
        return String.format(Locale.ROOT, "%.4g", v);
    }

    /**
     * oneDNN's matrix product with packed weights on one core, times the cores: the best that this machine can do,
     * which nothing exceeds. It is short enough to fit between two interruptions.
     */
    private static final class Product {
        private static final int N = 1024;
        private final stream stream;
        private final matmul product;
        private final IntMemoryMap arguments = new IntMemoryMap();
        private final int cores = Runtime.getRuntime().availableProcessors();
        private double best;   // GFLOP/s

        Product(memory.data_type type) {
            int before = OpenMp.threads();
            OpenMp.setThreads(1);   // which the primitive keeps
            engine cpu = new engine(engine.kind.cpu, 0);
            stream = new stream(cpu);
            long[] square = {N, N};
            memory.desc plain = new memory.desc(square, type, memory.format_tag.ab);
            var kind = new matmul.primitive_desc(cpu, plain, new memory.desc(square, type, memory.format_tag.any),
                    new memory.desc(square, memory.data_type.f32, memory.format_tag.ab));
            arguments.put(dnnl.DNNL_ARG_SRC, zeros(plain, cpu));
            arguments.put(dnnl.DNNL_ARG_WEIGHTS, zeros(kind.weights_desc(), cpu));
            arguments.put(dnnl.DNNL_ARG_DST, zeros(kind.dst_desc(), cpu));
            product = new matmul(kind);
            OpenMp.setThreads(before);
            time();
        }

        void time() {
            int before = OpenMp.threads();
            OpenMp.setThreads(1);
            for (int i = 0; i < 4; i++) {
                double ms = milliseconds(() -> {
                    product.execute(stream, arguments);
                    stream._wait();
                });
                best = Math.max(best, cores * 2e-6 * N * N * N / ms);
            }
            OpenMp.setThreads(before);
        }

        private static memory zeros(memory.desc desc, engine cpu) {
            memory made = new memory(desc, cpu);
            Pointer.memset(made.get_data_handle(), 0, desc.get_size());
            return made;
        }
    }

    static double milliseconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    /** The most memory that this process has held, in MB; NaN where the system does not tell. */
    static double peakMemory() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(l -> l.startsWith("VmHWM"))
                    .mapToDouble(l -> Double.parseDouble(l.split("\\s+")[1]) / 1024).findFirst().orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
