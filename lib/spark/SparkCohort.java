//SOURCES Spark.java
//SOURCES HadoopFiles.java
//DEPS com.fasterxml.jackson.module:jackson-module-scala_2.13:2.23.0
//RUNTIME_OPTIONS -Dslf4j.provider=org.slf4j.nop.NOPServiceProvider -Dslf4j.internal.verbosity=ERROR
//RUNTIME_OPTIONS --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.lang.invoke=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/java.lang.reflect=ALL-UNNAMED --add-opens=java.base/java.io=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/java.net=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.util.concurrent=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/sun.nio.cs=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/sun.security.action=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/sun.util.calendar=ALL-UNNAMED -Dio.netty.tryReflectionSetAccessible=true
package anogan.spark;

import anogan.Cohort;
import anogan.Cohort.Counts;
import anogan.Detector;
import anogan.UserError;
import anogan.networks.Compute;
import anogan.scans.GreyRange;
import anogan.scans.Intensities;
import anogan.scans.ListedElsewhere;
import anogan.scans.Scans;
import anogan.ui.Progress;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkFiles;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A {@link Cohort} whose parts are tasks of Apache Spark: Spark says which machine judges which part, and gives it to
 * another when one dies. What travels is the model file, once to each machine, and to each task the paths of its scans;
 * what comes back are counts.
 */
public final class SparkCohort {
    /** The settings of Spark that an executor's process gets, unless the user says otherwise. */
    private static final Map<String, String> SETTINGS = Map.of("spark.ui.enabled", "false", "spark.task.maxFailures",
            "16");
    /** Of our own class path, what executors lack: neither Spark's part of it nor ND4J's, which they do without. */
    private static final String TRAVELS = "cohort.*|jna-\\d.*|javacpp-.*|dnnl-.*|opencl-.*|picocli-.*|progressbar-.*"
            + "|jline-.*|tablesaw-.*|fastutil-.*|commons-math3-.*|xchart-.*|imageio-.*|common-(image|io|lang)-.*"
            + "|jai-imageio-.*|jspecify-.*|jackson-(core|databind|annotations|datatype-jdk8)-.*|RoaringBitmap-.*"
            + "|univocity-.*|classgraph-.*";
    private static final int PATIENCE = 30;   // seconds without a machine

    /** One part, as it is sent. */
    private record Task(String out, int part, ListedElsewhere scans, String model) implements Serializable {}

    /** What became of a part: counts; or a sentence, why it failed; or that its grey range must be told. */
    private record Done(int part, Counts counts, String failure, boolean untold) implements Serializable {}

    private final JavaSparkContext spark;
    private final String master;

    private SparkCohort(JavaSparkContext spark, String master) {
        this.spark = spark;
        this.master = master;
    }

    /** A thread whose work shows no bars, one of many at work. */
    private static final class Worker extends ForkJoinWorkerThread implements Progress.Silent {
        Worker(ForkJoinPool pool) {
            super(pool);
        }
    }

    /**
     * Scans as option scans names them: in a folder, an archive or a table, or in a folder of one of Hadoop's file
     * systems.
     *
     * @param settings of Spark; how to reach such a file system is among them
     */
    public static Scans scans(String place, Map<String, String> settings) {
        return HadoopFiles.isAddress(place) ? Scans.stored(HadoopFiles.of(place, settings))
                : Scans.each(List.of(Path.of(place).toAbsolutePath()));
    }

    /**
     * Judges all scans whose parts are not done yet.
     *
     * @param  scans    that all machines see under the same path or address
     * @param  master   as Spark names it: {@code local[*]}, {@code spark://host:port}
     * @param  size     scans in a part
     * @param  settings of Spark, such as {@code spark.executor.memory}
     * @return          what was judged now
     */
    public static Counts judge(Path model, Scans scans, Path out, double falsePositives, String master, int size,
            Map<String, String> settings) {
        if (size < 1) throw UserError.usage("A task judges at least one scan, not %d.", size);
        if (Runtime.version().feature() > 23)
            throw UserError.failure("Spark runs on Java 17 to 23, but this is Java %d. Set JAVA_HOME.",
                    Runtime.version().feature());
        Detector detector = Detector.load(model);
        try (Scans.Listing listing = Cohort.list(detector, scans)) {
            int parts = Math.max(1, (listing.scans().size() + size - 1) / size);
            Cohort cohort = Cohort.begin(out, detector, listing, falsePositives, parts);
            List<Integer> missing = cohort.missing();
            Counts counts = Counts.NONE;
            if (!missing.isEmpty()) {
                List<ListedElsewhere> shares = ListedElsewhere.shares(listing, parts);
                List<Task> tasks = missing.stream().map(part -> new Task(out.toAbsolutePath().toString(), part,
                        shares.get(part), model.getFileName().toString())).toList();
                requireReachable(master);
                try (JavaSparkContext spark = new JavaSparkContext(conf(master, settings))) {
                    spark.addFile(model.toAbsolutePath().toString());
                    counts = new SparkCohort(spark, master).judge(tasks, listing.intensities());
                }
            }
            cohort.clean();
            cohort.succeed("driver");
            return counts;
        }
    }

    private static SparkConf conf(String master, Map<String, String> settings) {
        SparkConf conf = new SparkConf().setAppName("cohort").setMaster(master);
        SETTINGS.forEach(conf::set);
        settings.forEach(conf::set);
        String[] classPath = System.getProperty("java.class.path").split(File.pathSeparator);
        if (!isLocal(master)) conf.setJars(Stream.of(classPath)
                .filter(jar -> Path.of(jar).getFileName().toString().matches(TRAVELS)).toArray(String[]::new));
        if (isLocal(master) || address(master).getAddress().isLoopbackAddress())
            conf.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1");
        // what Java was told about memory and pictures here holds there as well
        String options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(o -> o.startsWith("-Dorg.bytedeco") || o.startsWith("-Djava.awt"))
                .collect(Collectors.joining(" "));
        String cpus = conf.get("spark.task.cpus", "1");   // a task takes no more than Spark gives it
        if (!cpus.matches("[1-9]\\d{0,3}"))
            throw UserError.usage("spark.task.cpus in option conf must be a whole number from 1, not %s.", cpus);
        String helpers = " -Djava.util.concurrent.ForkJoinPool.common.parallelism=" + (Integer.parseInt(cpus) - 1)
                + " ";
        conf.set("spark.executor.extraJavaOptions",
                options + helpers + conf.get("spark.executor.extraJavaOptions", ""));
        conf.setExecutorEnv("OMP_NUM_THREADS", cpus);
        return conf.setExecutorEnv("OMP_WAIT_POLICY", "PASSIVE");
    }

    private static boolean isLocal(String master) {
        return master.startsWith("local");
    }

    private Counts judge(List<Task> tasks, Intensities intensities) {
        List<Done> done = run(tasks);
        Set<Integer> parts = done.stream().filter(Done::untold).map(Done::part).collect(Collectors.toSet());
        List<Task> untold = tasks.stream().filter(t -> parts.contains(t.part)).toList();
        Counts counts = done.stream().map(Done::counts).reduce(Counts.NONE, Counts::plus);
        if (untold.isEmpty()) return counts;
        System.err
                .println("Some scans are not of 8 bits: what is black and white in them is found on all scans, here.");
        Map<String, GreyRange> ranges = intensities.all();
        List<Done> again = run(
                untold.stream().map(t -> new Task(t.out, t.part, t.scans.withRanges(ranges), t.model)).toList());
        if (again.stream().anyMatch(Done::untold)) throw UserError.failure(
                "Files have changed since they were listed: other numbers are in them. Choose another option out.");
        return again.stream().map(Done::counts).reduce(counts, Counts::plus);
    }

    /** @throws UserError if a part cannot be done, or no machine is left and the master gives no others */
    private List<Done> run(List<Task> tasks) {
        JavaFutureAction<List<Done>> job = spark.parallelize(tasks, tasks.size()).map(SparkCohort::done).collectAsync();
        int before = 0;
        int alone = 0;
        try (Progress bar = Progress.start("cohort", tasks.size(), "part")) {
            while (!job.isDone()) {
                Thread.sleep(1000);
                int now = Math.max(before, job.jobIds().stream().mapToInt(this::completed).sum());
                bar.step(now - before);
                before = now;
                boolean idle = !isLocal(master) && spark.sc().statusTracker().getExecutorInfos().length < 2;
                alone = idle ? alone + 1 : 0;
                if (alone == PATIENCE) waitOrFail();
            }
            List<Done> done = job.get();
            done.stream().filter(d -> !d.failure.isEmpty()).findFirst().ifPresent(d -> {
                throw UserError.failure("%s", d.failure);
            });
            return done;
        } catch (ExecutionException e) {
            throw UserError.failure(e, "Spark gave up: %s. The same command goes on where it was.",
                    String.valueOf(e.getCause().getMessage()).lines().findFirst().orElse("").replaceFirst("[.]$", ""));
        } catch (InterruptedException e) {
            job.cancel(true);
            throw new IllegalStateException(e);
        }
    }

    /** Tasks of a job that are done, as far as Spark knows of it yet. */
    private int completed(int job) {
        SparkJobInfo info = spark.statusTracker().getJobInfo(job);
        if (info == null) return 0;
        return IntStream.of(info.stageIds()).mapToObj(spark.statusTracker()::getStageInfo).filter(Objects::nonNull)
                .mapToInt(SparkStageInfo::numCompletedTasks).sum();
    }

    private void waitOrFail() {
        requireReachable(master);
        System.err.printf("%s has given no executor for %d seconds: its workers are taken, or none has the cores and "
                + "the memory that an executor asks for.%n", master, PATIENCE);
    }

    /** Spark itself would try for a minute, and say much. */
    private static void requireReachable(String master) {
        if (isLocal(master)) return;
        InetSocketAddress address = address(master);
        try (Socket socket = new Socket()) {
            socket.connect(address, 5000);
        } catch (IOException e) {
            throw UserError.failure(e, "There is no Spark at %s (%s). Start it, or name the master as its page does; "
                    + "what was judged before stays, and the same command goes on.", master, e.getMessage());
        }
    }

    private static InetSocketAddress address(String master) {
        try {
            URI uri = URI.create(master);
            if ("spark".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0)
                return new InetSocketAddress(InetAddress.getByName(uri.getHost()), uri.getPort());
        } catch (IllegalArgumentException | IOException e) {
            throw UserError.failure(e, "There is no machine as %s names it. Is its name right?", master);
        }
        throw UserError.usage("A master is local, local[N], local[*] or spark://HOST:PORT, not \"%s\".", master);
    }

    /** A task, on the machine that got it. */
    private static Done done(Task task) throws Exception {
        TaskContext context = TaskContext.get();
        String tryName = "part-" + task.part + "-" + context.taskAttemptId() + "-" + ProcessHandle.current().pid();
        Path work = Files.createTempDirectory(Path.of(SparkFiles.getRootDirectory()).toAbsolutePath(), "cohort-");
        ForkJoinPool pool = new ForkJoinPool(context.cpus(), Worker::new, null, false);
        try {
            Compute compute = Compute.defaults().withThreads(context.cpus());
            return new Done(task.part,
                    pool.submit(() -> Cohort.open(Path.of(task.out)).judge(task.part, task.scans,
                            Detector.load(Path.of(SparkFiles.get(task.model))), work, tryName, compute)).get(),
                    "", false);
        } catch (ExecutionException e) {
            for (Throwable t = e; t != null; t = t.getCause()) {
                if (t instanceof Intensities.Untold) return new Done(task.part, Counts.NONE, "", true);
                if (t instanceof UserError) return new Done(task.part, Counts.NONE,
                        InetAddress.getLocalHost().getHostName() + ": " + t.getMessage(), false);
            }
            throw e;
        } finally {
            pool.shutdownNow();
            Cohort.delete(work);
        }
    }
}
