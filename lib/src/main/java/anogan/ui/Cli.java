package anogan.ui;

import anogan.UserError;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/**
 * How every script is started: picocli parses, {@link UserError}s become one sentence on stderr, and the exit code is
 * 0, 1 (failed) or 2 (wrong call).
 *
 * <pre>
 * {@literal @}Command(name = "train", …)
 * public class train extends Cli.Script {
 *     public static void main(String... args) { Cli.main(new train(), args); }
 *     protected void run() { … }
 * }
 * </pre>
 */
public final class Cli {
    /** Options that memory grows with, the strongest first. */
    private static final List<String> MEMORY = List.of("--batch", "--width", "--columns", "--train-patches",
            "--bootstrap", "--sample");

    /** The scripts that are stages of a run: what a message calls {@code stage map} is called by this name. */
    static final List<String> STAGES = List.of("data", "prepare", "train", "map", "acae", "sweep", "analyze", "figures",
            "discover", "export", "detect", "cohort", "demo", "reproduce");
    /** Words of their own, not a part of a path; {@code with} goes where the command's first option follows. */
    private static final Pattern STAGE_OR_OPTION = Pattern
            .compile("(?<![^\\s(])(?:stage (?<stage>" + String.join("|", STAGES)
                    + ")(?: with(?= option ))?|[Oo]ption (?<option>[a-z][a-z0-9-]*[a-z0-9]))" + "(?=[\\s.,;:?)]|$)");

    private Cli() {}

    /** What every script shares: {@code --help} and {@code --stacktrace}. */
    public abstract static class Script implements Callable<Integer> {
        @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
        boolean help;
        @Option(names = "--stacktrace", description = "On failure, print where it happened in the code as well.")
        boolean stacktrace;

        private Set<String> given = Set.of();   // options of the command line

        protected abstract void run();

        /**
         * Refuses options that would be ignored where another is given, or is not: what a user asks for is not dropped
         * in silence.
         *
         * @param  where     in words, as in "with option model"
         * @throws UserError if one of them was given
         */
        protected final void refuse(String where, String... options) {
            for (String option : options)
                if (given.contains(option)) throw UserError.usage("%s has no effect %s. Leave it out.", option, where);
        }

        /** The folder of this checkout. */
        protected static Path home() {
            return Path.of(System.getenv().getOrDefault("ANOGAN_HOME", ".")).toAbsolutePath().normalize();
        }

        /** Prints what the library has to say on stdout, in the words of the command line. */
        protected final void say(String sentences) {
            System.out.print(inWordsOfTheCommandLine(sentences, this));
        }

        /** The same on stderr: what is doubtful. */
        protected final void warn(String sentences) {
            System.err.print(inWordsOfTheCommandLine(sentences, this));
        }

        /**
         * Runs another script as a part of this one: its failure, which it has told of already, is the failure of this
         * one.
         */
        protected final void runScript(Script other, String... args) {
            other.stacktrace = stacktrace;
            int code = Cli.run(other, args);
            if (code != 0) throw new PartFailed(code);
        }

        @Override
        public final Integer call() {
            try {
                run();
            } catch (RuntimeException | Error e) {
                for (Throwable t = e; t != null; t = t.getCause()) {
                    if (t instanceof OutOfMemoryError) throw outOfMemory(t);
                    if (t instanceof UnsatisfiedLinkError) throw notLoaded(t);
                }
                throw e instanceof RuntimeException r ? r : new IllegalStateException(e);
            }
            return 0;
        }

        /** JavaCPP unpacks native libraries into a folder, where a system may allow no programs, or have no room. */
        private static UserError notLoaded(Throwable e) {
            String folder = System.getProperty("org.bytedeco.javacpp.cachedir",
                    Path.of(System.getProperty("user.home"), ".javacpp", "cache").toString());
            Throwable reason = e.getCause() instanceof UnsatisfiedLinkError deeper ? deeper : e;
            String words = String.valueOf(reason.getMessage()).replaceFirst("(?s) in java[.]library[.]path.*", "")
                    .replaceFirst("^(.*[/\\\\].*: )", "");   // without the file, whose folder is named
            return UserError.failure(e,
                    "The native libraries cannot be loaded from %s (%s). Make 600 MB of room there "
                            + "and let programs be run from it, or name another folder: "
                            + "export JDK_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR.",
                    folder, words);
        }

        /** Of Java, or of ND4J, whose memory is limited apart. */
        private UserError outOfMemory(Throwable e) {
            List<String> lower = MEMORY.stream().filter(this::has).toList();
            String advice = lower.isEmpty() ? "Close other programs, or raise -Xmx1g in lib/AnoGan.java"
                    : "Lower " + String.join(" or ", lower);
            return UserError.failure(e, "The memory does not suffice (%s). %s.", e.getMessage(), advice);
        }

        private boolean has(String option) {
            return new CommandLine(this).getCommandSpec().optionsMap().containsKey(option);
        }
    }

    private static final class PartFailed extends RuntimeException {
        private final int exitCode;

        PartFailed(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    /**
     * Runs the script and ends the JVM with its exit code. Stopped from outside (Ctrl-C), it says how to go on; the
     * exit code is then the system's, 130.
     */
    public static void main(Script script, String... args) {
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);   // plain digits, in what other libraries print too
        AtomicBoolean ended = new AtomicBoolean();
        String name = new CommandLine(script).getCommandName();
        String next = script.has("--resume") ? "Go on with the same command and --resume."
                : "The same command goes on, or begins again.";
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!ended.get())
                System.err.printf(Locale.ROOT, "%n%s: stopped. What was finished is intact. %s%n", name, next);
        }));
        int code = run(script, args);
        ended.set(true);
        System.exit(code);
    }

    /**
     * Makes sure that a script, which is to be run later, would take these arguments.
     *
     * @throws UserError if it would not
     */
    public static void check(Script script, String... args) {
        CommandLine line = line(script);
        try {
            line.parseArgs(args);
        } catch (CommandLine.ParameterException e) {
            throw UserError.usage("%s: %s. See %s --help.", line.getCommandName(), e.getMessage(),
                    line.getCommandName());
        }
    }

    private static CommandLine line(Script script) {
        return new CommandLine(script).setUsageHelpWidth(120).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Runs the script within this JVM. */
    public static int run(Script script, String... args) {
        CommandLine line = line(script);
        line.setParameterExceptionHandler((e, given) -> {
            PrintWriter err = e.getCommandLine().getErr();
            err.println(e.getCommandLine().getCommandName() + ": " + e.getMessage() + ". See --help.");
            return 2;
        });
        line.setExecutionStrategy(parsed -> {
            script.given = parsed.matchedOptionsSet().stream().map(OptionSpec::longestName).collect(Collectors.toSet());
            return new CommandLine.RunLast().execute(parsed);
        });
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof PartFailed part) return part.exitCode;
            PrintWriter err = command.getErr();
            err.println(command.getCommandName() + ": " + sentence(e, script));
            if (script.stacktrace) e.printStackTrace(err);
            return e instanceof UserError u && u.isUsage() ? 2 : 1;
        });
        return line.execute(args);
    }

    private static String sentence(Throwable e, Script script) {
        if (e instanceof UserError said) return inWordsOfTheCommandLine(said.getMessage(), script);
        return "Unexpected: " + e + ". Please report this with the output of --stacktrace.";
    }

    /**
     * The library speaks of options and stages, for there is no command line in a notebook: of {@code option size} and
     * {@code stage map}. Here they get the names that a shell knows. An option is one of the script that runs, or one
     * that is told of after another stage, to be given to that.
     */
    static String inWordsOfTheCommandLine(String sentence, Script script) {
        boolean[] ofAnotherStage = {false};
        return STAGE_OR_OPTION.matcher(sentence).replaceAll(m -> {
            if (m.group(1) != null) {
                ofAnotherStage[0] = true;
                return "environment/jbang " + m.group(1);
            }
            String option = "--" + m.group(2);
            return ofAnotherStage[0] || script.has(option) ? option : m.group();
        });
    }
}
