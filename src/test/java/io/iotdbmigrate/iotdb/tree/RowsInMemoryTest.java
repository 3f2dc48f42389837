package io.iotdbmigrate.iotdb.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowsInMemoryTest {
    private final RowsInMemory rows = new RowsInMemory();

    @Test
    void afterAStartThereMayBeAny() {
        assertThat(rows.mayHold()).isTrue();
        assertThat(rows.mayHold("root.d", 1, 1)).isTrue();
    }

    @Test
    void afterAFlushThereAreThoseWrittenSince() {
        rows.flushed();
        assertThat(rows.mayHold()).isFalse();

        rows.add("root.d", 10, 20);
        rows.add("root.d", 40, 50);

        assertThat(rows.mayHold()).isTrue();
        assertThat(rows.mayHold("root.d", 1, 9)).isFalse();
        assertThat(rows.mayHold("root.d", 1, 10)).isTrue();
        assertThat(rows.mayHold("root.d", 50, 60)).isTrue();
        assertThat(rows.mayHold("root.d", 51, 60)).isFalse();
        assertThat(rows.mayHold("root.e", 10, 50)).isFalse();
    }

    @Test
    void ofVeryManyDevicesEachMayHaveSome() {
        rows.flushed();
        for (int device = 0; device <= 100_000; device++) {
            rows.add("root.d" + device, 1, 1);
        }
        assertThat(rows.mayHold("root.another", 1, 1)).isTrue();
    }
}
