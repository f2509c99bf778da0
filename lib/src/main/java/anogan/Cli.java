package anogan;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * How every script is started: picocli parses, {@link UserError}s become one sentence on stderr, and the exit code is 0, 1 (failed) or 2 (wrong call).
 *
 * <pre>{@code
 * @Command(name = "train", …)
 * public class train extends Cli.Script {
 *     public static void main(String... args) { Cli.main(new train(), args); }
 *     protected void run() { … }
 * }}</pre>
 */
public final class Cli {
    private Cli() { }

    /** What every script shares: {@code --help} and {@code --stacktrace}. */
    public abstract static class Script implements Callable<Integer> {
        @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
        boolean help;
        @Option(names = "--stacktrace", description = "On failure, print where it happened in the code as well.")
        boolean stacktrace;

        protected abstract void run();

        /** Runs another script as a part of this one: its failure, which it has told of already, is the failure of this one. */
        protected final void runScript(Script other, String... args) {
            other.stacktrace = stacktrace;
            int code = Cli.run(other, args);
            if (code != 0) throw new PartFailed(code);
        }

        @Override
        public final Integer call() {
            try {
                run();
            } catch (OutOfMemoryError e) {   // of Java or of ND4J, whose memory is limited apart
                throw UserError.failure(e, "The memory does not suffice (%s). Try a smaller --batch or --width.", e.getMessage());
            }
            return 0;
        }
    }

    private static final class PartFailed extends RuntimeException {
        private final int exitCode;

        PartFailed(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    /** Runs the script and ends the JVM with its exit code. */
    public static void main(Script script, String... args) {
        System.exit(run(script, args));
    }

    /** Runs the script within this JVM. */
    public static int run(Script script, String... args) {
        CommandLine line = new CommandLine(script);
        line.setUsageHelpWidth(120);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, given) -> {
            PrintWriter err = e.getCommandLine().getErr();
            err.println(e.getCommandLine().getCommandName() + ": " + e.getMessage() + ". See --help.");
            return 2;
        });
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof PartFailed part) return part.exitCode;
            PrintWriter err = command.getErr();
            err.println(command.getCommandName() + ": " + sentence(e));
            if (script.stacktrace) e.printStackTrace(err);
            return e instanceof UserError u ? u.exitCode() : 1;
        });
        return line.execute(args);
    }

    private static String sentence(Throwable e) {
        if (e instanceof UserError) return e.getMessage();
        return "Unexpected: " + e + ". Please report this with the output of --stacktrace.";
    }
}
