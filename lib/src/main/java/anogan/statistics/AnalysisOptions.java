package anogan.statistics;

import anogan.UserError;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a mapped run is judged.
 *
 * @param fpr        false-positive rate that thresholds aim at, in (0, 1)
 * @param prevalence share of anomalous cases at which methods are compared, negatives thinned out by lot; 0 keeps all
 * @param bootstrap  number of resamples behind each interval, at least 100
 * @param seed       of the resampling
 */
public record AnalysisOptions(double fpr, double prevalence, int bootstrap, long seed) {
    public AnalysisOptions {
        NormalReference.requireRate(fpr);
        if (!(prevalence >= 0 && prevalence < 1))
            throw UserError.usage("The prevalence must lie in [0, 1), not %s.", prevalence);
        if (bootstrap < 100)
            throw UserError.usage("A 95 %% interval needs at least 100 bootstrap replicates, not %d.", bootstrap);
    }

    /** Analyses of the time before the prevalence was kept were of all cases. */
    @JsonCreator
    static AnalysisOptions read(@JsonProperty("fpr") double fpr, @JsonProperty("prevalence") Double prevalence,
            @JsonProperty("bootstrap") int bootstrap, @JsonProperty("seed") long seed) {
        return new AnalysisOptions(fpr, prevalence == null ? 0 : prevalence, bootstrap, seed);
    }

    /** Thresholds for 5 % of false positives, all cases, 2,000 resamples. */
    public static AnalysisOptions defaults() {
        return new AnalysisOptions(0.05, 0, 2000, 1);
    }

    public AnalysisOptions withFpr(double fpr) {
        return new AnalysisOptions(fpr, prevalence, bootstrap, seed);
    }

    public AnalysisOptions withPrevalence(double prevalence) {
        return new AnalysisOptions(fpr, prevalence, bootstrap, seed);
    }

    public AnalysisOptions withBootstrap(int bootstrap) {
        return new AnalysisOptions(fpr, prevalence, bootstrap, seed);
    }

    public AnalysisOptions withSeed(long seed) {
        return new AnalysisOptions(fpr, prevalence, bootstrap, seed);
    }
}
