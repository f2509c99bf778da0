package anogan.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class TablesTest {
    private enum Kind {
        SMALL, LARGE
    }

    private record Row(String name, int count, double share, Kind kind) {}

    @Test
    void recordsBecomeRowsAndTheirComponentsColumns() {
        Table table = Tables.of(List.of(new Row("007", 3, 0.25, Kind.SMALL), new Row("NA", -1, 1e9, Kind.LARGE)));
        assertEquals(List.of("name", "count", "share", "kind"), table.columnNames());
        assertEquals(List.of("007", "NA"), table.stringColumn("name").asList());
        assertArrayEquals(new int[] {3, -1}, table.intColumn("count").asIntArray());
        assertArrayEquals(new double[] {0.25, 1e9}, table.doubleColumn("share").asDoubleArray());
        assertEquals(List.of("SMALL", "LARGE"), table.stringColumn("kind").asList());
    }

    @Test
    void withoutRecordsNothingIsKnownOfTheColumns() {
        assertThrows(IllegalArgumentException.class, () -> Tables.of(List.of()));
    }
}
