package anogan.statistics;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Does one score tell cases apart better than another, when there are only so many patients? If neither does, it makes
 * no difference which of the two scores a patient's cases got: the ranks under one are exchanged for those under the
 * other, for some of the groups and with all cases of a group at once, and the AUROCs are taken again. p is the share
 * of such exchanges whose difference is at least as far from 0 as the one that was found.
 *
 * <p>
 * Of G groups there are 2^G exchanges, two of which give the difference found or its opposite: p cannot be below 2/2^G,
 * however many patches the patients have. All are counted where they are no more than the draws asked for; else so many
 * are drawn, and p cannot be below 1/(draws + 1).
 *
 * <p>
 * Sources: Venkatraman, Begg, Biometrika 83 (1996) 835 (exchange of ranks between two scores of the same cases);
 * Phipson, Smyth, Stat. Appl. Genet. Mol. Biol. 9 (2010) 39 (why 1 is added to the draws).
 */
final class PairedPermutation {
    /** Differences that differ by rounding alone are equal. */
    private static final double ROUNDING = 1e-12;

    private final boolean[] positive;
    private final int[] group;     // of each case
    private final int groups;
    private final int[][] ranks;   // under either score, doubled: of n cases from 2 to 2n
    private final double found;

    private PairedPermutation(RankedCases first, RankedCases second, List<String> groupOfCase) {
        int n = first.cases();
        group = Groups.of(groupOfCase).of();
        groups = Groups.of(groupOfCase).number();
        positive = new boolean[n];
        for (int i = 0; i < n; i++) positive[i] = first.positive(i);
        ranks = new int[][] {doubledRanks(first), doubledRanks(second)};
        found = Math.abs(difference(new boolean[groups]));
    }

    /**
     * @param  first       a score's ranking, {@code second} another's of the same cases
     * @param  groupOfCase in the same order
     * @return             the two-sided p
     */
    static double p(RankedCases first, RankedCases second, List<String> groupOfCase, int draws, long seed) {
        PairedPermutation test = new PairedPermutation(first, second, groupOfCase);
        return test.groups < 31 && 1 << test.groups <= draws ? test.ofAll() : test.ofDrawn(draws, seed);
    }

    private double ofAll() {
        int hits = 0;
        boolean[] exchanged = new boolean[groups];
        for (int pattern = 0; pattern < 1 << groups; pattern++) {
            for (int g = 0; g < groups; g++) exchanged[g] = (pattern >> g & 1) == 1;
            if (isAsFar(exchanged)) hits++;
        }
        return (double) hits / (1 << groups);
    }

    private double ofDrawn(int draws, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int hits = 0;
        boolean[] exchanged = new boolean[groups];
        for (int draw = 0; draw < draws; draw++) {
            for (int g = 0; g < groups; g++) exchanged[g] = random.nextBoolean();
            if (isAsFar(exchanged)) hits++;
        }
        return (hits + 1.0) / (draws + 1);
    }

    private boolean isAsFar(boolean[] exchanged) {
        return Math.abs(difference(exchanged)) >= found - ROUNDING;
    }

    /** Of the two AUROCs, when the ranks of some groups are exchanged. */
    double difference(boolean[] exchanged) {
        int levels = 2 * positive.length + 1;
        int[][] positives = new int[2][levels];
        int[][] negatives = new int[2][levels];
        for (int i = 0; i < positive.length; i++) {
            int[][] kind = positive[i] ? positives : negatives;
            int other = exchanged[group[i]] ? 1 : 0;
            kind[0][ranks[other][i]]++;
            kind[1][ranks[1 - other][i]]++;
        }
        return auroc(positives[0], negatives[0]) - auroc(positives[1], negatives[1]);
    }

    /** From the number of cases of each kind at each rank. */
    private static double auroc(int[] positives, int[] negatives) {
        double below = 0;
        double concordant = 0;
        double all = 0;
        for (int rank = 0; rank < positives.length; rank++) {
            concordant += positives[rank] * (below + negatives[rank] / 2.0);
            below += negatives[rank];
            all += positives[rank];
        }
        return concordant / (all * below);
    }

    private static int[] doubledRanks(RankedCases cases) {
        int[] ranks = new int[cases.cases()];
        for (int k = 0; k < cases.levels(); k++) for (int place = cases.start(k); place < cases.start(k + 1); place++)
            ranks[cases.byRank(place)] = cases.start(k) + cases.start(k + 1) + 1;
        return ranks;
    }
}
