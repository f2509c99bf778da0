package anogan.statistics;

import anogan.UserError;

/**
 * How markers are looked for.
 *
 * @param clusters  how many there are to be; 0 leaves that to stability
 * @param most      how many there may be, if so
 * @param bootstrap resamples of the patients that a cluster's stability is judged by, and, times {@value #DRAWS_EACH},
 *                  shuffles of labels behind a p-value and resamples behind an interval
 * @param rate      of false discoveries among the markers that are called so
 * @param seed      of all that is drawn
 */
public record DiscoverOptions(int clusters, int most, int bootstrap, double rate, long seed) {
    private static final int DRAWS_EACH = 40;

    /** @throws UserError if one of them cannot be */
    public DiscoverOptions {
        if (clusters < 0 || clusters == 1 || clusters > 50)
            throw UserError.usage("The number of markers is 0, to be found, or from 2 to 50, not %d.", clusters);
        if (most < 2 || most > 50) throw UserError.usage("There may be from 2 to 50 markers at most, not %d.", most);
        if (bootstrap < 2) throw UserError.usage("Stability takes at least two resamples, not %d.", bootstrap);
        if (!(rate > 0 && rate < 1))
            throw UserError.usage("The rate of false discoveries lies between 0 and 1, not at %s.", rate);
    }

    public static DiscoverOptions defaults() {
        return new DiscoverOptions(0, 12, 50, 0.05, 1);
    }

    public DiscoverOptions withClusters(int clusters) {
        return new DiscoverOptions(clusters, most, bootstrap, rate, seed);
    }

    public DiscoverOptions withBootstrap(int bootstrap) {
        return new DiscoverOptions(clusters, most, bootstrap, rate, seed);
    }

    public DiscoverOptions withSeed(long seed) {
        return new DiscoverOptions(clusters, most, bootstrap, rate, seed);
    }

    int draws() {
        return DRAWS_EACH * bootstrap;
    }
}
