import anogan.UserError;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.networks.Dcgan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * PyTorch in a process of its own, with the same weights, queries and starting points. It waits without work between
 * its turns, so that turns can be interleaved. One command a line, one answer a line; {@code peer.py} and
 * {@code LibtorchPeer.java} say which.
 */
final class Peer implements AutoCloseable {
    private final String name;
    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    private Peer(String name, ProcessBuilder program) {
        this.name = name;
        try {
            process = program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw UserError.failure("The peer %s does not start: %s.", name, e.getMessage());
        }
        commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Writes what the peer loads. */
    static void export(Path folder, Dcgan pair, float[][] queries, float[][] z) {
        pair.save(folder.resolve("model"));
        int size = pair.architecture().size();
        Npy.write(folder.resolve("queries.npy"), new FloatArray(join(queries), queries.length, size, size));
        Npy.write(folder.resolve("z.npy"), new FloatArray(join(z), z.length, z[0].length));
    }

    private static float[] join(float[][] rows) {
        float[] all = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) System.arraycopy(rows[i], 0, all, i * rows[i].length, rows[i].length);
        return all;
    }

    /** @param kind pytorch (a Python that has torch) or libtorch (PyTorch's C++ library, fetched from Maven Central) */
    static Peer start(String kind, String python, int threads, Path folder) {
        Path here = Path.of(System.getenv().getOrDefault("ANOGAN_HOME", ".")).toAbsolutePath().normalize();
        List<String> command = switch (kind) {
            case "pytorch" -> List.of(python, here.resolve("lib/benchmarks/peer.py").toString());
            case "libtorch" -> List.of(here.resolve("environment/jbang").toString(), "run",
                    here.resolve("lib/benchmarks/LibtorchPeer.java").toString());
            default -> throw UserError.usage("The peer is pytorch or libtorch, not %s.", kind);
        };
        ProcessBuilder program = new ProcessBuilder(new ArrayList<>(command));
        program.command().addAll(List.of(folder.toString(), "--threads", String.valueOf(threads)));
        program.environment().remove("OMP_WAIT_POLICY");   // PyTorch as it comes
        return new Peer(kind, program);
    }

    String name() {
        return name;
    }

    String ask(Object... words) {
        commands.println(String.join(" ", Arrays.stream(words).map(Object::toString).toList()));
        try {
            String answer = answers.readLine();
            if (answer == null) throw UserError.failure("The peer %s has ended; what it said stands above.", name);
            return answer.strip();
        } catch (IOException e) {
            throw UserError.failure("The peer %s cannot be heard: %s.", name, e.getMessage());
        }
    }

    double[] numbers(Object... words) {
        String answer = ask(words);
        try {
            return Arrays.stream(answer.split("\\s+")).mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException e) {
            throw UserError.failure("The peer %s answers \"%s\" to %s.", name, answer, Arrays.toString(words));
        }
    }

    @Override
    public void close() {
        commands.println("quit");
        commands.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
