package io.iotdbmigrate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.iotdb.ReadColumn;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.TargetReader;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows that a target holds of a mapping, written and read by its two ports. */
public final class TargetRows implements AutoCloseable {
    private static final TimeFilter EVER = new TimeFilter.Range(Long.MIN_VALUE, Long.MAX_VALUE);

    private final TableMapping mapping;
    private final List<String> databases;
    private final Target target;
    private final TargetReader reader;

    /** Opens both, and creates the database. */
    public TargetRows(MigrationConfig config, TableMapping mapping) throws IOException {
        this.mapping = mapping;
        this.databases = config.databases();
        this.target = Targets.open(Retries.of(config.iotdb(), config.sink()));
        this.reader = Targets.reader(Retries.of(config.iotdb(), config.sink()));
        target.createDatabases(databases);
    }

    /** Writes rows of a device, in one call: times and values in turns. */
    public void write(Device device, Object... timesAndValues) throws IOException {
        TabletBuffer buffer = new TabletBuffer(mapping);
        for (int i = 0; i < timesAndValues.length; i += 2) {
            TargetRow row =
                    new TargetRow(
                            device,
                            ((Number) timesAndValues[i]).longValue(),
                            (Object[]) timesAndValues[i + 1]);
            if (mapping.keeps(row)) {
                buffer.add(row);
            }
        }
        target.write(buffer);
    }

    public void clear(List<Integer> measurements, Map<Device, long[]> times) throws IOException {
        target.clear(mapping, measurements, times);
    }

    /** Deletes a row. */
    public void delete(Device device, long time) throws IOException {
        target.deletePoints(mapping, device, all(), time);
    }

    private List<Integer> all() {
        return IntStream.range(0, mapping.measurements().size()).boxed().toList();
    }

    public void mark(Device device, long... times) throws IOException {
        target.mark(mapping, Map.of(device, times));
    }

    public void unmark(Device device, long... times) throws IOException {
        target.unmark(mapping, device, times);
    }

    public void erase() throws IOException {
        target.erase(mapping);
    }

    public void erase(long from, long to) throws IOException {
        target.erase(mapping, from, to);
    }

    public void eraseDevice(Device device) throws IOException {
        target.eraseDevices(mapping, List.of(stored(device)));
    }

    public void flush() throws IOException {
        target.flush(databases);
    }

    public List<String> devices() throws IOException {
        return reader.devices(List.of(mapping)).stream().map(StoredDevice::path).toList();
    }

    /** How many values each measurement has. */
    public List<Long> values() throws IOException {
        return reader.countValues(mapping);
    }

    /** Asserts that the server counts so. */
    public void assertCounts(Device device, long rows, long marks) throws IOException {
        List<String> names =
                mapping.measurements().stream().map(TableMapping.Measurement::name).toList();
        assertThat(reader.countRows(names, mapping.mark(), List.of(stored(device)), EVER))
                .containsEntry(device.path(), new TargetReader.RowCount(rows, marks));
    }

    /**
     * Asserts that a device has these rows, marks aside, however it is asked.
     *
     * @param timesAndValues in turns; null: there is no such row
     */
    public void assertHave(Device device, @Nullable Object... timesAndValues) throws IOException {
        List<String> expected = new ArrayList<>();
        List<Long> times = new ArrayList<>(List.of(-5L));
        for (int i = 0; i < timesAndValues.length; i += 2) {
            Object[] values = (Object[]) timesAndValues[i + 1];
            long time = ((Number) timesAndValues[i]).longValue();
            times.add(time);
            if (values != null) {
                expected.add(line(time, values));
            }
        }
        assertThat(rows(device, EVER)).isEqualTo(expected);
        assertThat(rows(device, new TimeFilter.Only(times))).isEqualTo(expected);
        assertThat(rows(device, new TimeFilter.Range(2, 3)))
                .isEqualTo(
                        expected.stream()
                                .filter(l -> l.startsWith("2 ") || l.startsWith("3 "))
                                .toList());
    }

    private List<String> rows(Device device, TimeFilter times) throws IOException {
        List<ReadColumn> columns =
                mapping.measurements().stream()
                        .map(m -> new ReadColumn(m.name(), m.type()))
                        .toList();
        return read(device, columns, times).stream()
                .map(row -> line(row.time(), row.values()))
                .toList();
    }

    private List<TargetRow> read(Device device, List<ReadColumn> columns, TimeFilter times)
            throws IOException {
        List<TargetRow> found = new ArrayList<>();
        try (StoredRows rows = reader.rows(columns, List.of(stored(device)), times)) {
            for (TargetRow row = rows.next(); row != null; row = rows.next()) {
                assertThat(row.device()).isEqualTo(device);
                found.add(row);
            }
        }
        return found;
    }

    /** Asserts that these rows of a device have the mark of deleted ones. */
    public void assertMarked(Device device, long... times) throws IOException {
        assertThat(
                        read(
                                        device,
                                        List.of(new ReadColumn(mapping.mark(), TargetType.BOOLEAN)),
                                        EVER)
                                .stream()
                                .filter(row -> Boolean.TRUE.equals(row.values()[0]))
                                .mapToLong(TargetRow::time))
                .containsExactly(Arrays.stream(times).boxed().toArray(Long[]::new));
    }

    private static StoredDevice stored(Device device) {
        return new StoredDevice(device.path(), List.of());
    }

    /** Spells a row with its exact bits. */
    private static String line(long time, @Nullable Object[] values) {
        StringBuilder line = new StringBuilder().append(time).append(' ');
        for (Object value : values) {
            line.append(' ');
            if (value instanceof byte[] bytes) {
                line.append('x').append(HexFormat.of().formatHex(bytes));
            } else if (value instanceof Float number) {
                line.append(Float.floatToRawIntBits(number)).append('f');
            } else if (value instanceof Double number) {
                line.append(Double.doubleToRawLongBits(number)).append('d');
            } else {
                line.append(value);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        reader.close();
        target.close();
    }
}
