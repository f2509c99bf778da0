package anogan;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that the user can put right, said in one sentence: what happened, where, and what to do.
 *
 * <p>
 * There are two kinds: a {@link #usage} that cannot be meant (unknown option, a value out of range), and a
 * {@link #failure} of what was rightly asked for (missing file, full disk, a network that diverged). The sentence
 * stands alone, without a stack trace of its own; where it was said in the code is suppressed below it, for whoever
 * prints the whole trace.
 */
public final class UserError extends RuntimeException {
    private final boolean usage;

    /** Carries the place in the code. */
    @SuppressWarnings("OverrideThrowableToString")   // a message would stand behind the name of the class
    private static final class Place extends Throwable {
        @Override
        public String toString() {
            return "said here";
        }
    }

    private UserError(boolean usage, String sentence, @Nullable Throwable cause) {
        super(sentence, cause, true, false);
        addSuppressed(new Place());
        this.usage = usage;
    }

    /** A call that cannot be meant. */
    public static UserError usage(String sentence, @Nullable Object... values) {
        return new UserError(true, String.format(Locale.ROOT, sentence, values), null);
    }

    /** A right call that failed. */
    public static UserError failure(String sentence, @Nullable Object... values) {
        return new UserError(false, String.format(Locale.ROOT, sentence, values), null);
    }

    /** A right call that failed for a reason that {@code cause} tells to whoever asks for the stack trace. */
    public static UserError failure(Throwable cause, String sentence, @Nullable Object... values) {
        return new UserError(false, String.format(Locale.ROOT, sentence, values), cause);
    }

    /** The sentence. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Whether the call itself was wrong, rather than what came of it. */
    public boolean isUsage() {
        return usage;
    }
}
