package io.iotdbmigrate.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which row of a point is read where corrections are kept. */
class CorrectedRowsTest {
    private static final ReadColumn VALUE = new ReadColumn("v", TargetType.INT32);
    private static final ReadColumn MARK = new ReadColumn("_deleted", TargetType.BOOLEAN);
    private static final List<TargetRow> STORED =
            List.of(
                    row("a.v10", 1, 110, null),
                    row("a.v2", 1, 102, null),
                    row("a.v2", 3, null, null),
                    row("a.v2", 9, 99, null),
                    row("a", 1, 1, true),
                    row("a", 2, 2, null),
                    row("a", 3, 3, null),
                    row("b", 1, 7, null));
    private static final List<StoredDevice> DEVICES =
            List.of(
                    new StoredDevice("a", List.of("a.v2", "a.v10")),
                    new StoredDevice("b", List.of()));

    private final List<Stored> opened = new ArrayList<>();

    private static TargetRow row(String device, long time, @Nullable Object... values) {
        return new TargetRow(Device.of(device), time, values);
    }

    /** Rows from memory. */
    private static final class Stored implements StoredRows {
        private final Iterator<TargetRow> rows;
        private boolean closed;

        Stored(List<StoredDevice> of) {
            List<String> names = of.stream().map(StoredDevice::path).toList();
            rows = STORED.stream().filter(r -> names.contains(r.device().path())).iterator();
        }

        @Override
        public @Nullable TargetRow next() {
            if (!rows.hasNext()) {
                return null;
            }
            TargetRow row = rows.next();
            return new TargetRow(row.device(), row.time(), row.values().clone());
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private List<String> read(List<StoredDevice> devices, ReadColumn... columns)
            throws IOException {
        List<String> read = new ArrayList<>();
        try (StoredRows rows =
                CorrectedRows.of(
                        devices,
                        List.of(columns),
                        plain -> {
                            opened.add(new Stored(plain));
                            return opened.get(opened.size() - 1);
                        })) {
            for (TargetRow row = rows.next(); row != null; row = rows.next()) {
                read.add(
                        row.device().path()
                                + " "
                                + row.time()
                                + " "
                                + Arrays.toString(row.values()));
            }
        }
        return read;
    }

    @Test
    void theHighestCorrectionStandsInForTheFirstValue() throws Exception {
        assertThat(read(DEVICES, VALUE, VALUE))
                .containsExactly(
                        "b 1 [7, null]",
                        "a 1 [110, null]",
                        "a 2 [2, null]",
                        "a 3 [null, null]",
                        "a 9 [99, null]");
        assertThat(opened).hasSize(3).allMatch(rows -> rows.closed);
    }

    @Test
    void theMarkIsWithTheFirstValue() throws Exception {
        assertThat(read(DEVICES, VALUE, MARK))
                .contains("a 1 [110, true]", "a 2 [2, null]", "a 3 [null, null]");
    }

    @Test
    void devicesWithoutCorrectionsAreReadAtOnce() throws Exception {
        assertThat(read(List.of(DEVICES.get(1)), VALUE, MARK)).containsExactly("b 1 [7, null]");
        assertThat(opened).hasSize(1).allMatch(rows -> rows.closed);
    }
}
