package io.iotdbmigrate.iotdb.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowsInMemoryTest {
    private static final String DEVICE = "root.plant.a";

    private final RowsInMemory rows = new RowsInMemory();

    @Test
    void anyRowMayBeThereUntilTheFirstFlush() {
        assertThat(rows.mayHold(DEVICE, 1, 1)).isTrue();
        rows.flushed();
        assertThat(rows.mayHold(DEVICE, Long.MIN_VALUE, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void thenThoseThatWereWrittenSince() {
        rows.flushed();
        rows.add(DEVICE, 10, 20);
        rows.add(DEVICE, 5, 12);
        assertThat(rows.mayHold(DEVICE, 20, 30)).isTrue();
        assertThat(rows.mayHold(DEVICE, 0, 5)).isTrue();
        assertThat(rows.mayHold(DEVICE, 0, 4)).isFalse();
        assertThat(rows.mayHold(DEVICE, 21, 30)).isFalse();
        assertThat(rows.mayHold("root.plant.b", 10, 20)).isFalse();
        rows.flushed();
        assertThat(rows.mayHold(DEVICE, 10, 20)).isFalse();
    }

    @Test
    void ofVeryManyDevicesAnyMayBeThere() {
        rows.flushed();
        for (int d = 0; d <= 100_000; d++) {
            rows.add("root.plant.d" + d, 1, 1);
        }
        assertThat(rows.mayHold("root.plant.other", 7, 7)).isTrue();
    }
}
