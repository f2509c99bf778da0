package anogan.patches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OrderedTest {
    /** Few different numbers, so that many are equal; what lies behind the first n has no say. */
    @Property
    void theNumberOfARankIsThatOfTheSortedOnes(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = -9, max = 9) Integer> numbers,
            @ForAll @IntRange(max = 59) int rank) {
        int n = numbers.size();
        float[] values = new float[n + 1];
        for (int i = 0; i < n; i++) values[i] = numbers.get(i) / 4f;
        values[n] = Float.NEGATIVE_INFINITY;
        float[] sorted = Arrays.copyOf(values, n);
        Arrays.sort(sorted);
        assertEquals(sorted[rank % n], Ordered.nth(values, n, rank % n));
        float[] after = Arrays.copyOf(values, n);
        Arrays.sort(after);
        assertArrayEquals(sorted, after, "they are the same numbers");
    }
}
