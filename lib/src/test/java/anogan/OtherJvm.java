package anogan;

import anogan.run.RunFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program of the tests in a JVM of its own, that can be killed without warning. */
public final class OtherJvm implements AutoCloseable {
    private static final String LOG = "log.txt";
    private final Process process;

    private OtherJvm(Process process) {
        this.process = process;
    }

    /**
     * Starts {@code main} of a class of the tests with {@code folder/patches} and a run as its arguments, and returns
     * when it has printed its first line: the JVM is up, the work begins. What it says on stderr goes to the
     * {@link #log} of the folder.
     */
    public static OtherJvm start(Path folder, Class<?> program, RunFolder run) throws IOException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true", "-cp",
                System.getProperty("java.class.path"), program.getName(), folder.resolve("patches").toString(),
                run.path().toString());
        Path log = folder.resolve(LOG);
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (out.readLine() == null) throw new IOException("the program ended before it began; see " + log);
        return new OtherJvm(process);
    }

    /** Runs {@code main} of a class of the tests under other settings of Java, and returns what it printed. */
    public static String output(List<String> settings, Class<?> program, String... args)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true", "-cp",
                        System.getProperty("java.class.path")));
        command.addAll(settings);
        command.add(program.getName());
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IOException("it ended with " + process.exitValue() + " after: " + out);
        return out;
    }

    /** What the programs of a folder said, to be told when a test fails. */
    public static String log(Path folder) {
        try {
            return "\n" + Files.readString(folder.resolve(LOG));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Waits until {@code event}, or until the program has ended by itself. */
    public void await(BooleanSupplier event) throws InterruptedException {
        while (!event.getAsBoolean() && !process.waitFor(2, TimeUnit.MILLISECONDS)) {
        }
    }

    /**
     * Kills the program at once, if it still runs.
     *
     * @return whether it was killed, rather than having ended
     */
    public boolean kill() throws InterruptedException {
        process.destroyForcibly();
        return process.waitFor() != 0;
    }

    /**
     * Waits for the program's own end.
     *
     * @return its exit code
     */
    public int end() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
