package anogan.visuals;

import anogan.UserError;

/**
 * What stage figures draws.
 *
 * @param maps of how many scans the residual maps are drawn: half of them those of highest score, half those of lowest
 */
public record FiguresOptions(int maps) {
    public FiguresOptions {
        if (maps < 0) throw UserError.usage("The number of maps cannot be %d.", maps);
    }

    public static FiguresOptions defaults() {
        return new FiguresOptions(200);
    }

    /** A map of this many scans. */
    public FiguresOptions withMaps(int n) {
        return new FiguresOptions(n);
    }

    /** A map of every scan. */
    public FiguresOptions withAllMaps() {
        return new FiguresOptions(Integer.MAX_VALUE);
    }
}
