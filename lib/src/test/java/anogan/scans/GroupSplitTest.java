package anogan.scans;

import static anogan.Sentences.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GroupSplitTest {
    private static final SplitOptions OPTIONS = SplitOptions.defaults();

    @Property(tries = 100)
    void everySplitHasAGroupAndAnomaliesAreTested(@ForAll @IntRange(min = 3, max = 40) int healthy,
            @ForAll @IntRange(min = 0, max = 20) int ill, @ForAll int seed) {
        Random random = new Random(seed);
        List<String> scans = new ArrayList<>();
        Set<String> anomalous = new TreeSet<>();
        for (int g = 0; g < healthy + ill; g++) {
            if (g >= healthy) anomalous.add("g" + g);
            for (int n = 1 + random.nextInt(6); n > 0; n--) scans.add("g" + g);
        }
        Map<String, Split> split = GroupSplit.byShares(scans, anomalous, OPTIONS.withSeed(seed));
        assertEquals(new TreeSet<>(scans), new TreeSet<>(split.keySet()));
        assertEquals(Set.of(Split.values()), Set.copyOf(split.values()));
        for (String g : anomalous) assertEquals(Split.TEST, split.get(g));
        Collections.shuffle(scans, random);
        assertEquals(split, GroupSplit.byShares(scans, anomalous, OPTIONS.withSeed(seed)),
                "the order of the files has no say");
    }

    @Test
    void sharesAreThoseOfTheScans() {
        List<String> scans = new ArrayList<>();
        for (int g = 0; g < 100; g++) for (int n = 0; n <= g % 5; n++) scans.add("g" + g);
        Map<String, Split> split = GroupSplit.byShares(scans, Set.of(), OPTIONS);
        for (Split s : Split.values()) {
            double share = scans.stream().filter(g -> split.get(g) == s).count() / (double) scans.size();
            double wanted = s == Split.TEST ? OPTIONS.test()
                    : s == Split.VALIDATION ? OPTIONS.validation()
                    : 1 - OPTIONS.test() - OPTIONS.validation();
            assertEquals(wanted, share, 0.01);
        }
        assertTrue(!split.equals(GroupSplit.byShares(scans, Set.of(), OPTIONS.withSeed(2))),
                "another seed, another split");
    }

    @Test
    void tooFewPatientsAreRefused() {
        assertFails(() -> GroupSplit.byShares(List.of("a", "a", "b"), Set.of("b"), OPTIONS), "Only 1 group (patients)",
                "option patient");
        assertFails(() -> GroupSplit.validationGroups(List.of("a", "a"), OPTIONS), "Only 1 training group");
        assertEquals(1, GroupSplit.validationGroups(List.of("a", "a", "b"), OPTIONS).size());
    }
}
