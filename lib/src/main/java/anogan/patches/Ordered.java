package anogan.patches;

/**
 * Numbers by their rank, without sorting all of them: C. A. R. Hoare's selection (Communications of the ACM 4, 1961).
 */
final class Ordered {
    private Ordered() {}

    /**
     * The number of rank {@code k}, from 0 for the smallest, among the first {@code n}, which are put in another order.
     */
    static float nth(float[] values, int n, int k) {
        int low = 0;
        int high = n - 1;
        while (low < high) {
            float pivot = values[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) i++;
                while (values[j] > pivot) j--;
                if (i > j) break;
                float swapped = values[i];
                values[i++] = values[j];
                values[j--] = swapped;
            }
            if (k <= j) high = j;
            else if (k >= i) low = i;
            else break;
        }
        return values[k];
    }
}
