package anogan.ui;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/**
 * The Jupyter kernel that this JVM is, if it is one: what puts pictures and HTML under a notebook's cell.
 *
 * <p>
 * The kernel is found by reflection, so that the library neither needs one nor prefers one: IJava and its maintained
 * fork JJava, old and new, offer the same static methods {@code display} and {@code updateDisplay} in classes of
 * different names.
 *
 * <pre>{@code
 * Kernel.running().ifPresent(kernel -> kernel.display("<b>Hello</b>", "text/html"));
 * }</pre>
 */
public final class Kernel {
    /** Of JJava from 1.0-a6 on, of JJava before, and of IJava. */
    private static final List<String> KNOWN = List.of("org.dflib.jjava.jupyter.kernel.BaseNotebookStatics",
            "org.dflib.jjava.runtime.Display", "io.github.spencerpark.ijava.runtime.Display");

    private final Method display;
    private final Method update;

    private Kernel(Method display, Method update) {
        this.display = display;
        this.update = update;
    }

    /** The kernel; empty in a plain program. */
    public static Optional<Kernel> running() {
        return among(KNOWN);
    }

    /** The first of these classes that is there and can display. */
    static Optional<Kernel> among(List<String> classes) {
        for (String name : classes) {
            try {
                Class<?> statics = Class.forName(name);
                return Optional.of(new Kernel(statics.getMethod("display", Object.class, String[].class),
                        statics.getMethod("updateDisplay", String.class, Object.class, String[].class)));
            } catch (ReflectiveOperationException | LinkageError e) {
                // another kernel, or none
            }
        }
        return Optional.empty();
    }

    /**
     * Shows something below the running cell.
     *
     * @param  shown a {@code BufferedImage} for {@code image/png}, text for {@code text/html}
     * @return       what {@link #update} needs to replace it
     */
    public String display(Object shown, String mime) {
        return (String) call(display, shown, new String[] {mime});
    }

    /** Puts something else in the place of what {@link #display} showed. */
    public void update(String id, Object shown, String mime) {
        call(update, id, shown, new String[] {mime});
    }

    private static Object call(Method method, Object... arguments) {
        try {
            return method.invoke(null, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the kernel's " + method + " failed", e);
        }
    }
}
