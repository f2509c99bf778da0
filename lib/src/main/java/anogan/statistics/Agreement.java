package anogan.statistics;

import java.util.Arrays;

/**
 * How far two partitions of the same cases agree. Sources: Hubert, Arabie, J. Classification 2 (1985) 193 (adjusted
 * Rand index); Strehl, Ghosh, JMLR 3 (2002) 583 (normalised mutual information, here by the mean of both entropies).
 */
public final class Agreement {
    private Agreement() {}

    /** The adjusted Rand index: 1 for equal partitions, 0 on average for unrelated ones. */
    public static double randIndex(int[] a, int[] b) {
        long[][] table = table(a, b);
        double pairs = Arrays.stream(table).flatMapToLong(Arrays::stream).mapToDouble(Agreement::pairs).sum();
        double rows = Arrays.stream(table).mapToDouble(r -> pairs(Arrays.stream(r).sum())).sum();
        double columns = Arrays.stream(columns(table)).mapToDouble(Agreement::pairs).sum();
        double expected = rows * columns / pairs(a.length);
        double most = (rows + columns) / 2;
        return most == expected ? 1 : (pairs - expected) / (most - expected);
    }

    /** Normalised mutual information, from 0 to 1. */
    public static double mutualInformation(int[] a, int[] b) {
        long[][] table = table(a, b);
        double joint = entropy(Arrays.stream(table).flatMapToLong(Arrays::stream).toArray(), a.length);
        double rows = entropy(Arrays.stream(table).mapToLong(r -> Arrays.stream(r).sum()).toArray(), a.length);
        double columns = entropy(columns(table), a.length);
        return rows + columns == 0 ? 1 : 2 * (rows + columns - joint) / (rows + columns);
    }

    private static long[][] table(int[] a, int[] b) {
        if (a.length != b.length || a.length == 0)
            throw new IllegalArgumentException(a.length + " and " + b.length + " cases cannot be compared");
        long[][] table = new long[1 + Arrays.stream(a).max().orElseThrow()][1 + Arrays.stream(b).max().orElseThrow()];
        for (int i = 0; i < a.length; i++) table[a[i]][b[i]]++;
        return table;
    }

    private static long[] columns(long[][] table) {
        long[] columns = new long[table[0].length];
        for (long[] row : table) for (int j = 0; j < row.length; j++) columns[j] += row[j];
        return columns;
    }

    private static double pairs(long n) {
        return n * (n - 1) / 2.0;
    }

    private static double entropy(long[] counts, double n) {
        return -Arrays.stream(counts).filter(c -> c > 0).mapToDouble(c -> c / n * Math.log(c / n)).sum();
    }
}
