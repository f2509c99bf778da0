package anogan.mapping;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Of several starts the one that ends lowest counts, whichever ends first. */
class StartsTest {
    private static int winner(double... losses) throws InterruptedException {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < losses.length; i++) order.add(i);
        List<Integer> winners = new ArrayList<>();
        for (int shuffle = 0; shuffle < 10; shuffle++) {
            Results results = new Results(1, 9);
            Starts starts = new Starts(List.of(new Mapper.Query("scan 0 0", new float[4])).iterator(), losses.length,
                    results);
            List<Starts.Start> all = starts.next(100);
            Collections.shuffle(order, new Random(shuffle));
            results.endWith(() -> order.forEach(i -> starts.finished(all.get(i), losses[i],
                    new MappingResult(i, new float[1], new float[4], losses[i], 0, 0, 0, 0))));
            results.passOn((query, result) -> winners.add(result.start()));
        }
        assertEquals(Collections.nCopies(10, winners.get(0)), winners, "in any order");
        return winners.get(0);
    }

    @Test
    void theLowestCountsAndOfEqualOnesTheFirst() throws InterruptedException {
        assertEquals(2, winner(3, 2, 1, 4));
        assertEquals(1, winner(3, 2, 2));
    }

    @Test
    void aStartThatIsNoNumberLosesAgainstAnyOther() throws InterruptedException {
        assertEquals(1, winner(Double.NaN, 5));
        assertEquals(0, winner(5, Double.NaN, Double.POSITIVE_INFINITY));
        assertFails(() -> winner(Double.NaN, Double.POSITIVE_INFINITY), "scan 0 0", "no finite numbers");
    }
}
