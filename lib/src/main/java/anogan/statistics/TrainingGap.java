package anogan.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * Do training normals score lower than validation normals? The model has learned from the former, so that they may look
 * more normal to it than any other healthy scan does. A threshold that they help to set is then too low, and flags more
 * healthy scans than it says. The other way round (training normals score higher, by chance) it would only be careful;
 * so the question has one side.
 *
 * <p>
 * What a threshold stands on is the upper end of the scores, and there a gap shows first: the odd healthy eye is odd no
 * more once it was learned. So the two are compared by how often a case is the highest of twenty, itself and 19 drawn
 * from both: 5 % of the time if there is no gap. That is the false-positive rate of a 5 % threshold that 19 normals
 * set. (With u = (rank − ½)/N among all N, it is the mean of u¹⁹; of the powers 1, 4, 9 and 19 this one let through the
 * fewest gaps that matter, and as few shifts as the plain rank sum.)
 *
 * <p>
 * {@code p} is one-sided, from exchanging whole groups (patients) between the two. It is not enough: with eleven
 * validation patients such a test misses most gaps of half a standard deviation. Therefore the difference itself must
 * not exceed {@value #LIMIT} either, half as often again as without a gap, which a shift of a quarter of a standard
 * deviation reaches; and there must be {@value #FEWEST} groups on either side. Simulated (11 and 40 patients of 2.5
 * scans, correlation ½, a threshold for 5 %), training normals are let in three times out of four where there is no
 * gap, and the rate of false positives is 4 to 6 % on average whatever the gap: a shift of ¼, ½ or 1 standard
 * deviation, less spread, or an upper end that was learned away. Letting them always in gives 7 to 15 %.
 *
 * <p>
 * Sources: Good, <i>Permutation, Parametric and Bootstrap Tests of Hypotheses</i>, 3rd ed. 2005, chapter 3; Phipson,
 * Smyth, Stat. Appl. Genet. Mol. Biol. 9 (2010) 39 (why 1 is added to the draws).
 *
 * @param validation how often a validation normal is the highest of twenty
 * @param training   how often a training normal is
 * @param p          that the former is so much the greater by chance
 */
public record TrainingGap(double validation, double training, double p) {
    static final double LEVEL = 0.1;
    static final double LIMIT = 0.025;
    static final int FEWEST = 5;
    private static final int OTHERS = 19;
    /** Differences that differ by rounding alone are equal. */
    private static final double ROUNDING = 1e-12;

    /** Whether training normals must not stand beside validation normals. */
    public boolean isThere() {
        return p < LEVEL || validation - training > LIMIT;
    }

    /**
     * @param  validation scores, of {@code validationGroups} in the same order; training likewise
     * @param  draws      how many exchanges of groups are drawn
     * @return            nothing if there are too few groups to tell
     */
    static Optional<TrainingGap> of(double[] validation, List<String> validationGroups, double[] training,
            List<String> trainingGroups, int draws, long seed) {
        Groups ours = Groups.of(validationGroups);
        Groups learned = Groups.of(trainingGroups);
        if (Math.min(ours.number(), learned.number()) < FEWEST) return Optional.empty();
        double[] ranks = new NaturalRanking()
                .rank(DoubleStream.concat(Arrays.stream(validation), Arrays.stream(training)).toArray());
        double[] highest = Arrays.stream(ranks).map(r -> Math.pow((r - 0.5) / ranks.length, OTHERS)).toArray();
        Exchange exchange = new Exchange(
                concat(ours.sums(Arrays.copyOf(highest, validation.length)),
                        learned.sums(Arrays.copyOfRange(highest, validation.length, ranks.length))),
                concat(ours.sizes(), learned.sizes()), ours.number());
        int[] order = IntStream.range(0, exchange.sums.length).toArray();
        double[] found = exchange.means(order);
        SplittableRandom random = new SplittableRandom(seed);
        int asFar = 0;
        for (int draw = 0; draw < draws; draw++) {
            exchange.draw(random, order);
            double[] drawn = exchange.means(order);
            if (drawn[0] - drawn[1] >= found[0] - found[1] - ROUNDING) asFar++;
        }
        return Optional.of(new TrainingGap(found[0], found[1], (asFar + 1.0) / (draws + 1)));
    }

    private static double[] concat(double[] first, double[] second) {
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    /**
     * Sums over the cases of each group, and how many these are; the first {@code chosen} groups of an order are one
     * side.
     */
    private record Exchange(double[] sums, double[] sizes, int chosen) {
        /** Over the cases of either side. */
        double[] means(int[] order) {
            double[] sum = new double[2];
            double[] size = new double[2];
            for (int i = 0; i < order.length; i++) {
                int side = i < chosen ? 0 : 1;
                sum[side] += sums[order[i]];
                size[side] += sizes[order[i]];
            }
            return new double[] {sum[0] / size[0], sum[1] / size[1]};
        }

        /** Another choice of groups by lot (the beginning of a Fisher-Yates shuffle). */
        void draw(SplittableRandom random, int[] order) {
            for (int i = 0; i < chosen; i++) {
                int other = random.nextInt(i, order.length);
                int group = order[i];
                order[i] = order[other];
                order[other] = group;
            }
        }
    }
}
