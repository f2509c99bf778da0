package anogan;

/**
 * Something that the user can put right, said in one sentence: what happened, where, and what to do.
 *
 * <p>Scripts print the sentence alone and end with {@link #exitCode()}: 2 for a wrong call (unknown option, a value out of range), 1 for everything
 * that went wrong while doing what was rightly asked for (missing file, full disk, a network that diverged). In a notebook the sentence stands alone as
 * well: there it has no stack trace.
 */
public final class UserError extends RuntimeException {
    private final int exitCode;

    private UserError(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause, true, Kernel.running().isEmpty());
        this.exitCode = exitCode;
    }

    /** A call that cannot be meant: exit code 2. */
    public static UserError usage(String sentence, Object... values) {
        return new UserError(2, sentence.formatted(values), null);
    }

    /** A right call that failed: exit code 1. */
    public static UserError failure(String sentence, Object... values) {
        return new UserError(1, sentence.formatted(values), null);
    }

    /** A right call that failed for a reason that {@code cause} tells to whoever asks for the stack trace: exit code 1. */
    public static UserError failure(Throwable cause, String sentence, Object... values) {
        return new UserError(1, sentence.formatted(values), cause);
    }

    public int exitCode() {
        return exitCode;
    }
}
