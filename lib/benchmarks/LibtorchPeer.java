///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS org.bytedeco:pytorch:2.10.0-1.5.13
//DEPS org.bytedeco:pytorch:2.10.0-1.5.13:${env.JAVACPP_PLATFORM,os.detected.classifier}
//DEPS org.bytedeco:openblas:0.3.31-1.5.13
//DEPS org.bytedeco:openblas:0.3.31-1.5.13:${env.JAVACPP_PLATFORM,os.detected.classifier}
//DEPS org.bytedeco:javacpp:1.5.13
//DEPS org.bytedeco:javacpp:1.5.13:${env.JAVACPP_PLATFORM,os.detected.classifier}
//SOURCES LibtorchNetworks.java
//JAVAC_OPTIONS -encoding UTF-8
//RUNTIME_OPTIONS -Xmx256m -Dorg.bytedeco.javacpp.maxbytes=0 -Dorg.bytedeco.javacpp.maxphysicalbytes=0
//RUNTIME_OPTIONS -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow

import static org.bytedeco.pytorch.global.torch.*;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The benchmarks' opponent without Python: PyTorch 2.10's own C++ library (libtorch: the same eager autograd, oneDNN
 * inside), driven through JavaCPP in a process of its own.
 *
 * <pre>environment/jbang run lib/benchmarks/LibtorchPeer.java FOLDER [--threads T]</pre>
 *
 * Folder, commands and answers are those of {@code peer.py}, which tells them. There is no variant {@code inputgrad}:
 * in this version the transposed convolution runs in oneDNN both ways, as {@code ONEDNN_VERBOSE=1} shows.
 */
public class LibtorchPeer {
    private static final double RATE = 0.01;

    private final LibtorchNetworks networks;
    private final Tensor queries;
    private final Tensor z;
    private final Map<String, Runnable> running = new HashMap<>();   // what goes on from call to call

    LibtorchPeer(Path folder) throws IOException {
        networks = new LibtorchNetworks(weights(folder.resolve("model/generator.npz")),
                weights(folder.resolve("model/discriminator.npz")));
        queries = LibtorchNetworks.mirrored("queries",
                array(Files.newInputStream(folder.resolve("queries.npy"))).unsqueeze(1));
        z = array(Files.newInputStream(folder.resolve("z.npy")));
    }

    public static void main(String[] args) throws IOException {
        boolean counted = args.length == 3 && args[1].equals("--threads") && args[2].matches("[1-9]\\d{0,3}");
        if (args.length != 1 && !counted) {
            System.err.println("usage: LibtorchPeer FOLDER [--threads T]");
            System.exit(2);
        }
        int threads = counted ? integer(args[2]) : Runtime.getRuntime().availableProcessors();
        set_num_threads(threads);
        openblas_nolapack.blas_set_num_threads(threads);
        serve(opened(Path.of(args[0])));
    }

    private static LibtorchPeer opened(Path folder) {
        try {
            return new LibtorchPeer(folder);
        } catch (IOException | RuntimeException e) {
            System.err.printf("%s does not hold model/, queries.npy and z.npy as the benchmarks write them: %s%n",
                    folder, e.getMessage());
            System.exit(1);
            throw new AssertionError(e);   // never reached
        }
    }

    private static void serve(LibtorchPeer peer) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.strip().equals("quit"); line = in.readLine()) {
            System.out.println(peer.answer(line.strip().split("\\s+")));   // a PrintStream on stdout flushes lines
        }
    }

    private String answer(String... words) {
        try {
            return switch (words[0]) {
                case "about" -> about();
                case "variants" -> String.join(" ", LibtorchNetworks.VARIANTS);
                case "losses" -> losses(words[1], integer(words[2]));
                case "steps" -> steps(words[1], integer(words[2]), integer(words[3]));
                case "map" -> map(words[1], integer(words[2]), integer(words[3]), Double.parseDouble(words[4]));
                case "train" -> train(words[1], integer(words[2]), integer(words[3]));
                case "gemm" -> gemm(integer(words[1]));
                case "memory" -> memory();
                default -> "error: no such command: " + words[0];
            };
        } catch (RuntimeException | IOException e) {
            return "error: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + " ("
                    + e.getClass().getSimpleName() + ")";
        }
    }

    private LibtorchNetworks.Mapping mapping(String variant, int n, double rate) {
        if (n < 1 || n > queries.size(0))
            throw new IllegalArgumentException("1 to " + queries.size(0) + " queries can be mapped, not " + n);
        return networks.mapping(variant, queries.narrow(0, 0, n), z.narrow(0, 0, n), rate);
    }

    private String losses(String variant, int n) {
        LibtorchNetworks.Mapping mapping = mapping(variant, n, RATE);
        StringJoiner line = new StringJoiner(" ");
        for (float loss : floats(mapping::losses)) line.add(String.format(Locale.ROOT, "%.6f", loss));
        return line.toString();
    }

    private String steps(String variant, int n, int k) {
        return times(running.computeIfAbsent("steps " + variant + " " + n, key -> mapping(variant, n, RATE)), k);
    }

    private String map(String variant, int n, int steps, double rate) {
        long begun = System.nanoTime();
        LibtorchNetworks.Mapping mapping = mapping(variant, n, rate);
        for (int i = 0; i < steps; i++) mapping.run();
        double seconds = (System.nanoTime() - begun) / 1e9;
        return String.format(Locale.ROOT, "%.6f %.3f", floats(() -> mapping.losses().mean())[0], seconds);
    }

    private String train(String variant, int n, int k) {
        return times(running.computeIfAbsent("train " + variant + " " + n,
                key -> networks.training(variant, n, z.size(1), queries.size(2))), k);
    }

    private static String about() {
        return String.format("libtorch %s, oneDNN %s, %d threads, %s",
                found("TORCH_VERSION=([\\d.]+)", show_config().getString()),
                found("v([\\d.]+)", get_mkldnn_version().getString()), get_num_threads(),
                get_cpu_capability().getString());
    }

    private static String gemm(int m) {
        Tensor a = rand(m, m);
        String times = times(() -> {
            try (PointerScope scope = new PointerScope()) {
                mm(a, a);
            }
        }, 10);
        double best = Arrays.stream(times.split(" ")).mapToDouble(Double::parseDouble).min().orElseThrow();
        return String.format(Locale.ROOT, "%.1f", 2e-6 * m * m * m / best);
    }

    /** As Linux counts it; other systems have no such file, and the answer is an error. */
    private static String memory() throws IOException {
        return String.valueOf(
                Long.parseLong(found("VmHWM:\\s+(\\d+)", Files.readString(Path.of("/proc/self/status")))) / 1024);
    }

    private static String times(Runnable step, int k) {
        StringJoiner line = new StringJoiner(" ");
        for (int i = 0; i < k; i++) {
            long begun = System.nanoTime();
            step.run();
            line.add(String.format(Locale.ROOT, "%.3f", (System.nanoTime() - begun) / 1e6));
        }
        return line.toString();
    }

    private static float[] floats(Supplier<Tensor> formula) {
        try (PointerScope scope = new PointerScope(); NoGradGuard guard = new NoGradGuard()) {
            Tensor result = formula.get();
            float[] values = new float[(int) result.numel()];
            result.data_ptr_float().get(values);
            return values;
        }
    }

    private static Map<String, Tensor> weights(Path npz) throws IOException {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(npz.toFile())) {
            for (var entries = zip.entries(); entries.hasMoreElements();) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName().replace(".npy", "");
                weights.put(name, LibtorchNetworks.mirrored(name, array(zip.getInputStream(entry))));
            }
        }
        return weights;
    }

    /** A {@code .npy} of little-endian float32 in C order, which is all that is ever written for us. */
    private static Tensor array(InputStream npy) throws IOException {
        try (npy) {
            ByteBuffer bytes = ByteBuffer.wrap(npy.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            int begin = 10 + bytes.getShort(8);
            String header = new String(bytes.array(), 10, begin - 10, StandardCharsets.ISO_8859_1);
            if (!header.contains("'<f4'") || header.contains("True"))
                throw new IOException("not an array of float32 in C order: " + header.strip());
            float[] values = new float[(bytes.capacity() - begin) / 4];
            bytes.position(begin).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
            String[] shape = found("'shape': \\(([\\d, ]+)\\)", header).split("[, ]+");
            return Tensor.create(values, Arrays.stream(shape).mapToLong(Long::parseLong).toArray());
        }
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : "?";
    }

    private static int integer(String word) {
        return Integer.parseInt(word);
    }
}
