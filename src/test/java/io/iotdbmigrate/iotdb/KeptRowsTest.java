package io.iotdbmigrate.iotdb;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.TypedValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.tsfile.write.record.Tablet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeptRowsTest {
    private static final Device DEVICE = Device.of("root.plant.x");

    private final Iotdb iotdb = new Iotdb();
    private final KeptRows kept = new KeptRows(iotdb);

    private static MappingBuilder builder() {
        return new MappingBuilder("root.plant.{site}", "at")
                .measurement("a")
                .measurement("b")
                .policies(OnUpdate.IGNORE, OnDelete.MARK);
    }

    private static TableMapping plan(MappingBuilder builder) {
        return builder.plan(
                TimePrecision.MS,
                column("site", "varchar(20)"),
                column("at", "bigint"),
                nullable("a", "int"),
                nullable("b", "int"));
    }

    private List<String> marked(TableMapping mapping, Map<Device, long[]> times) throws Exception {
        List<String> rows = new ArrayList<>();
        kept.mark(
                mapping,
                times,
                part ->
                        part.drain(Long.MAX_VALUE)
                                .forEachRemaining(sized -> rows.addAll(rows(sized))));
        return rows;
    }

    private List<String> marked(TableMapping mapping, long... times) throws Exception {
        return marked(mapping, Map.of(DEVICE, times));
    }

    private static List<String> rows(SizedTablet sized) {
        List<String> rows = new ArrayList<>();
        Tablet tablet = sized.tablet();
        for (int i = 0; i < tablet.getRowSize(); i++) {
            List<Object> row = new ArrayList<>();
            row.add(tablet.getTimestamp(i));
            for (int c = 0; c < 3; c++) {
                row.add(tablet.isNull(i, c) ? null : tablet.getValue(i, c));
            }
            rows.add(row.toString());
        }
        return rows;
    }

    @Test
    void areMarkedWithWhatIotdbHasOfThem() throws Exception {
        iotdb.rows.put(2L, new Object[] {10, null});
        iotdb.rows.put(3L, new Object[] {20, new TypedValue(TargetType.DOUBLE, 1.5)});

        assertThat(marked(plan(builder()), 2, 3, 4))
                .containsExactly(
                        "[2, 10, null, true]", "[3, 20, null, true]", "[4, null, null, true]");
        assertThat(iotdb.asked).containsExactly("a, b of root.plant.x at 3 times");
    }

    /** The answer has all times of all devices. */
    @Test
    void ofSeveralDevicesEachHasItsOwnTimes() throws Exception {
        iotdb.rows.put(2L, new Object[] {10, 11});
        iotdb.rows.put(3L, new Object[] {20, 21});
        Map<Device, long[]> times = new LinkedHashMap<>();
        times.put(DEVICE, new long[] {2});
        times.put(Device.of("root.plant.y"), new long[] {3});

        assertThat(marked(plan(builder()), times))
                .containsExactly("[2, 10, 11, true]", "[3, null, null, true]");
        assertThat(iotdb.asked).containsExactly("a, b of root.plant.x and root.plant.y at 2 times");
    }

    @Test
    void areAskedForInParts() throws Exception {
        long[] times = LongStream.range(0, 501).toArray();
        iotdb.rows.put(500L, new Object[] {7, 8});

        assertThat(marked(plan(builder()), times)).hasSize(501).endsWith("[500, 7, 8, true]");
        assertThat(iotdb.asked)
                .containsExactly(
                        "a, b of root.plant.x at 500 times", "a, b of root.plant.x at 1 times");
    }

    @Test
    void ofSeriesWithTimesOfTheirOwnTheMarkIsEnough() throws Exception {
        iotdb.rows.put(2L, new Object[] {10, null});

        assertThat(marked(plan(builder().notAligned()), 2))
                .containsExactly("[2, null, null, true]");
        assertThat(iotdb.asked).isEmpty();
    }

    /** Rows of one device. */
    private static final class Iotdb implements TargetReader {
        private final Map<Long, @Nullable Object[]> rows = new TreeMap<>();
        private final List<String> asked = new ArrayList<>();

        @Override
        public StoredRows rows(
                List<ReadColumn> columns, List<StoredDevice> devices, TimeFilter times) {
            List<Long> wanted = ((TimeFilter.Only) times).times();
            asked.add(
                    String.join(", ", columns.stream().map(ReadColumn::name).toList())
                            + " of "
                            + String.join(
                                    " and ", devices.stream().map(StoredDevice::path).toList())
                            + " at "
                            + wanted.size()
                            + " times");
            Deque<TargetRow> left = new ArrayDeque<>();
            rows.forEach(
                    (time, values) -> {
                        if (wanted.contains(time)) {
                            left.add(new TargetRow(DEVICE, time, values));
                        }
                    });
            return new StoredRows() {
                @Override
                public @Nullable TargetRow next() {
                    return left.poll();
                }

                @Override
                public void close() {
                    left.clear();
                }
            };
        }

        @Override
        public List<StoredDevice> devices(List<TableMapping> unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long countDevices(TableMapping mapping) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, RowCount> countRows(
                List<String> measurements,
                @Nullable String mark,
                List<StoredDevice> devices,
                TimeFilter times) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Long> countValues(TableMapping mapping) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }
}
