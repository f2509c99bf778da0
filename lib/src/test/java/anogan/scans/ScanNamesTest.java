package anogan.scans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ScanNamesTest {
    private static List<String> names(List<String> scans) {
        return ScanNames
                .unique(scans.stream().map(name -> new Scans.Listed(name, name, "g", "c", Split.TEST, Map.of(), () -> {
                    throw new AssertionError("nobody reads it");
                })).toList()).stream().map(Scans.Listed::scan).toList();
    }

    @Test
    void namesInUseGetTheNextNumberThatIsFree() {
        assertEquals(
                List.of("scan", "Scan_2", "scan_3", "scan_2_2", "scan_3_2", "scan_4", "a_mask_2", "a_mask_3", "_x",
                        "scan_5"),
                names(List.of("scan", "Scan", "scan", "scan_2", "scan_3", "scan", "a_mask", "a_mask", "..x", "")));
    }

    /** Counted up to anew for each of them, these would take hours. */
    @Test
    @Timeout(60)
    void aHundredThousandScansOfOneNameAreNamedInAMoment() {
        int n = 100_000;
        List<String> expected = new ArrayList<>(List.of("scan"));
        IntStream.rangeClosed(2, n).forEach(i -> expected.add("scan_" + i));
        assertEquals(expected, names(Stream.generate(() -> "scan").limit(n).toList()));
    }
}
