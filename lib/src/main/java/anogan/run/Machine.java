package anogan.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a stage is computed by: this library at its commit, and a machine. The same seed gives the same bits only on the
 * same kind of processor, since matrix libraries choose their kernels by its instructions.
 */
public final class Machine {
    private static final List<String> INSTRUCTIONS = List.of("amx_bf16", "avx512_bf16", "avx512f", "avx2", "sse4_2",
            "sve", "asimd");   // the first that there is says which kernels can be chosen
    private static final List<String> LIMITS = List.of("OPENBLAS_CORETYPE", "ONEDNN_MAX_CPU_ISA");

    private Machine() {}

    /** The commit of this library, {@code … with changes} if some are not committed; empty if nobody says. */
    public static Optional<String> commit() {
        return Optional.ofNullable(System.getenv("ANOGAN_COMMIT"));
    }

    /** A commit in seven digits, with what is said of changes. */
    public static String brief(String commit) {
        return commit.replaceFirst("^([0-9a-f]{7})[0-9a-f]*", "$1");
    }

    /** Java, the build of ND4J, operating system, processor, instruction set and threads. */
    static Map<String, String> here() {
        String cpu = cpuinfo();
        Map<String, String> here = new LinkedHashMap<>();
        here.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        here.put("nd4j", System.getenv().getOrDefault("ND4J_CLASSIFIER", "default build"));
        here.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        here.put("processor", field(cpu, "model name")
                .orElse(System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", "unknown processor")));
        here.put("instructions", instructions(cpu));
        here.put("threads", String.valueOf(Runtime.getRuntime().availableProcessors()));
        return here;
    }

    private static String instructions(String cpu) {
        Set<String> has = Set
                .copyOf(Arrays.asList(field(cpu, "flags").or(() -> field(cpu, "Features")).orElse("").split("\\s+")));
        StringBuilder text = new StringBuilder(
                INSTRUCTIONS.stream().filter(has::contains).findFirst().orElse(System.getProperty("os.arch")));
        for (String limit : LIMITS) {
            String value = System.getenv(limit);
            if (value != null) text.append(", ").append(limit).append(' ').append(value);
        }
        return text.toString();
    }

    private static Optional<String> field(String cpu, String name) {
        Matcher m = Pattern.compile("(?m)^" + name + "\\s*:\\s*(.+)$").matcher(cpu);
        return m.find() ? Optional.of(m.group(1).strip()) : Optional.empty();
    }

    /** Linux tells; elsewhere it is empty. */
    private static String cpuinfo() {
        try {
            return Files.readString(Path.of("/proc/cpuinfo"));
        } catch (IOException e) {
            return "";
        }
    }
}
