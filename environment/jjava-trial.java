///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS org.slf4j:slf4j-nop:2.0.17
//DEPS org.dflib.jjava:jjava-jupyter:1.0-a6

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/**
 * A kernel to try the notebooks with JJava's rules: messages, display and the parser of magics are JJava's own (its
 * library jjava-jupyter), cells go to a plain JShell in the same JVM instead of JJava's evaluator. A cell that JJava
 * would take for a magic is refused. Started by {@code environment/notebooks --check-jjava}.
 */
class JJavaTrial extends BaseKernel {
    private final JShell shell = JShell.builder().executionEngine("local").build();

    private JJavaTrial() {
        super("JJava trial", "",
                new LanguageInfo.Builder("Java").version(Runtime.version().toString()).fileExtension(".jshell").build(),
                List.of(), null, new JupyterIO(StandardCharsets.UTF_8), new CommManager(), new Renderer(),
                new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()), new MagicsRegistry(), false,
                new StringStyler.Builder().build());
        for (String entry : System.getenv("JJAVA_CLASSPATH").split(java.io.File.pathSeparator))
            shell.addToClasspath(entry);
        // In scope of JJava's cells: names must not clash.
        evalRaw("import static org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.*;");
    }

    @Override
    public Object evalRaw(String source) {
        if (!magicParser.resolveMagics(source).equals(source))
            throw new IllegalArgumentException("JJava takes this for a magic: " + source);
        SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
        Object last = null;
        for (CompletionInfo next = analysis.analyzeCompletion(source); next.completeness()
                .isComplete(); next = analysis.analyzeCompletion(next.remaining())) {
            for (SnippetEvent event : shell.eval(next.source())) last = valueOf(event);
            if (next.remaining().isBlank()) return last;
        }
        throw new IllegalArgumentException("This is no complete code: " + source);
    }

    private Object valueOf(SnippetEvent event) {
        if (event.causeSnippet() != null) return null;   // an earlier cell's snippet that depends on this one
        if (event.exception() instanceof EvalException e)
            throw new IllegalStateException(e.getExceptionClassName() + ": " + e.getMessage(), e);
        if (event.exception() != null) throw new IllegalStateException(event.exception());
        if (event.status() == Snippet.Status.REJECTED) {
            throw new IllegalArgumentException(
                    String.join("\n", shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)).toList()) + "\n"
                            + event.snippet().source());
        }
        return event.snippet().kind() == Snippet.Kind.EXPRESSION ? event.value() : null;
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
        return null;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        return null;
    }

    @Override
    public String isComplete(String code) {
        return IS_COMPLETE_MAYBE;
    }

    @Override
    public void interrupt() {
        shell.stop();
    }

    public static void main(String... args) throws Exception {
        JupyterConnection connection = new JupyterConnection(
                KernelConnectionProperties.parse(Files.readString(Path.of(args[0]))));
        JJavaTrial kernel = new JJavaTrial();
        kernel.becomeHandlerForConnection(connection);
        kernel.onStartup();
        connection.connect();
        connection.waitUntilClose();
    }
}
