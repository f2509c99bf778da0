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

        @Override
        public final Integer call() {
            run();
            return 0;
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
