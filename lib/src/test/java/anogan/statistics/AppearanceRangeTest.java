package anogan.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.patches.Appearance;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppearanceRangeTest {
    private static final AppearanceRange RANGE = AppearanceRange
            .of(List.of(new Appearance(6, 150, 24), new Appearance(9, 180, 26)));

    @Test
    void theEdgesBelongToTheRangeAndWhatIsBeyondIsNamed() {
        assertEquals(List.of(), RANGE.warnings(new Appearance(4, 100, 12)));
        assertEquals(List.of(), RANGE.warnings(new Appearance(13.5, 270, 52)));
        List<String> all = RANGE.warnings(new Appearance(13.6, 99, 53));
        assertEquals(3, all.size());
        for (int i = 0; i < 3; i++)
            assertTrue(all.get(i).contains(List.of("noise", "contrast", "thickness").get(i)), all.get(i));
        assertTrue(all.get(0).endsWith("(13.6, normal scans 4.00 to 13.5)"), all.get(0));
        assertEquals(2, RANGE.warnings(new Appearance(3.9, 271, 26)).size());
    }
}
