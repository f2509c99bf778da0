package anogan.ui;

import anogan.UserError;
import anogan.run.Machine;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The settings of a notebook: each has a default, and an environment variable of its name replaces it, so that the same
 * notebook runs small in a test and large over night. Printed, they are the table that every notebook begins with.
 *
 * <pre>{@code
 * NotebookSettings settings = new NotebookSettings();
 * int steps = settings.whole("ANOGAN_STEPS", 1200, "training steps");
 * System.out.println(settings);
 * }</pre>
 */
public final class NotebookSettings {
    private final Map<String, String> environment;
    private final Map<String, String> lines = new LinkedHashMap<>();

    public NotebookSettings() {
        this(System.getenv());
    }

    NotebookSettings(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * A whole number of at least 1.
     *
     * @throws UserError if the variable holds something else
     */
    public int whole(String name, int standard, String meaning) {
        int value = read(name, standard, "a whole number of at least 1", Integer::valueOf);
        if (value < 1) throw UserError
                .usage("The environment variable %s must be a whole number of at least 1, not %s.", name, value);
        return note(name, value, standard, meaning);
    }

    /** @throws UserError if the variable holds something else than a number */
    public double number(String name, double standard, String meaning) {
        return note(name, read(name, standard, "a number", Double::valueOf), standard, meaning);
    }

    public String word(String name, String standard, String meaning) {
        return note(name, environment.getOrDefault(name, standard), standard, meaning);
    }

    /**
     * The data folder of the checkout that the kernel belongs to, wherever the notebook lies; {@code ANOGAN_DATA} names
     * another one.
     */
    public Path data() {
        return Path.of(environment.getOrDefault("ANOGAN_DATA", checkout() + "/data")).normalize();
    }

    /** The results that the project keeps in git: always those of the checkout. */
    public Path results() {
        return checkout().resolve("data/results").normalize();
    }

    /** The checkout that the kernel belongs to. */
    public Path checkout() {
        return Path.of(environment.getOrDefault("ANOGAN_HOME", ".."));
    }

    private <T> T read(String name, T standard, String kind, Function<String, T> parse) {
        if (!environment.containsKey(name)) return standard;
        try {
            return parse.apply(environment.get(name).strip());
        } catch (NumberFormatException e) {
            throw UserError.usage("The environment variable %s must be %s, not \"%s\".", name, kind,
                    environment.get(name));
        }
    }

    private <T> T note(String name, T value, T standard, String meaning) {
        lines.put(name, String.format(Locale.ROOT, "%-24s %-8s %s%s", name, value, meaning,
                value.equals(standard) ? "" : " [default " + standard + "]"));
        return value;
    }

    /** One line a setting, and one that says what it ran on. */
    @Override
    public String toString() {
        return String.join("\n", lines.values())
                + String.format(Locale.ROOT, "\nlibrary at commit %s, Java %s, %d processors",
                        Machine.brief(environment.getOrDefault("ANOGAN_COMMIT", "unknown")),
                        System.getProperty("java.version"), Runtime.getRuntime().availableProcessors());
    }
}
