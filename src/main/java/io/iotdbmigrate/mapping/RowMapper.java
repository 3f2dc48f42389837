package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig.OnInvalid;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.RejectedRow;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.ZeroDate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A mapper that turns a row of canonical values into a row for IoTDB. One instance serves one
 * mapping on one thread: it remembers device paths and zone offsets.
 */
public final class RowMapper {
    private static final int REMEMBERED_DEVICES = 200_000;

    /** Characters of a rejected value that are shown: it may be a document. */
    private static final int SHOWN = 1_000;

    private final TableMapping mapping;
    private final RowClock time;
    private final int[] timeColumns;
    private final boolean[] skips;
    private final ValueConverter[] converters;
    private final int[] measurementColumns;
    private final int inRow;
    private final int[] deviceColumns;
    private final Map<Object, Device> devices = new HashMap<>();
    private long zeroDates;
    private long skipped;

    /** Index of the column that is looked at, to name it should its value be rejected. */
    private int column;

    public RowMapper(TableMapping mapping) {
        this.mapping = mapping;
        List<Column> columns = mapping.columns();
        this.time = RowClock.of(mapping);
        this.timeColumns = mapping.time().columns().stream().mapToInt(c -> c).toArray();
        this.skips = new boolean[mapping.measurements().size()];
        for (int i = 0; i < skips.length; i++) {
            skips[i] = mapping.measurements().get(i).onInvalid() == OnInvalid.SKIP;
        }
        this.converters =
                mapping.measurements().stream()
                        .map(
                                m ->
                                        m.lookup() == null
                                                ? ValueConverters.of(
                                                        columns.get(m.column()).type(),
                                                        m.type(),
                                                        mapping.zone(),
                                                        mapping.precision())
                                                : lookedUp(columns.get(m.column()), m.lookup()))
                        .toArray(ValueConverter[]::new);
        this.measurementColumns =
                mapping.measurements().stream()
                        .mapToInt(TableMapping.Measurement::column)
                        .toArray();
        this.inRow = mapping.valuesInRow();
        this.deviceColumns =
                mapping.device().columns().stream().mapToInt(mapping::columnIndex).toArray();
    }

    /** Returns what finds the name of a key; none and an empty one are null. */
    private static ValueConverter lookedUp(Column key, Lookup lookup) {
        return value -> {
            String name = lookup.values().get(CanonicalText.of(value, key.type()));
            return name == null || name.isEmpty() ? null : name.getBytes(StandardCharsets.UTF_8);
        };
    }

    /** What became of a row. */
    public sealed interface Result {}

    /** The row can be written. It may be empty, see {@link TargetRow#isEmpty()}. */
    public record Mapped(TargetRow row) implements Result {}

    /** The row cannot be written. */
    public record Rejected(RejectedRow row) implements Result {}

    /**
     * @param row one canonical value per column of the mapping, see {@link
     *     io.iotdbmigrate.model.MySqlType}
     */
    public Result map(@Nullable Object[] row) {
        try {
            long timestamp = time(row);
            for (int c : deviceColumns) {
                column = c;
                requireName(row, c);
            }
            Device device = device(row);
            @Nullable Object[] values = new Object[converters.length];
            int zeros = 0;
            int left = 0;
            long bytes = 0;
            for (int i = 0; i < values.length; i++) {
                column = measurementColumns[i];
                Object value = row[column];
                if (value != null) {
                    ValueConverter converter = converters[i];
                    values[i] =
                            converter == ValueConverters.AS_IS
                                    ? value
                                    : skips[i]
                                            ? convertOrSkip(converter, value)
                                            : converter.convert(value);
                    bytes += i < inRow ? bytes(values[i]) : 0;
                    if (value == ZeroDate.ZERO_DATE && values[i] == null) {
                        zeros++;
                    } else if (values[i] == null) {
                        left++;
                    }
                }
            }
            if (bytes > mapping.longestRow()) {
                column = longest(values);
                throw new RejectedValueException(
                        "the row has "
                                + bytes
                                + " bytes, and IoTDB takes "
                                + mapping.longestRow()
                                + " in one request (its dn_thrift_max_frame_size)");
            }
            zeroDates += zeros;
            skipped += left;
            return new Mapped(new TargetRow(device, timestamp, values));
        } catch (RejectedValueException e) {
            return new Rejected(reject(row, e.getMessage()));
        }
    }

    private long time(@Nullable Object[] row) throws RejectedValueException {
        for (int c : timeColumns) {
            column = c;
            if (row[c] == null) {
                throw new RejectedValueException("the time is null");
            }
        }
        column = timeColumns[0];
        return time.of(row);
    }

    private static @Nullable Object convertOrSkip(ValueConverter converter, Object value) {
        try {
            return converter.convert(value);
        } catch (RejectedValueException e) {
            return null;
        }
    }

    /**
     * Returns the time of a row of which only the time's columns need to be there; empty if it has
     * none.
     */
    public OptionalLong timeOf(@Nullable Object[] row) {
        try {
            return OptionalLong.of(time(row));
        } catch (RejectedValueException e) {
            return OptionalLong.empty();
        }
    }

    private int longest(Object[] values) {
        int longest = 0;
        for (int i = 1; i < inRow; i++) {
            longest = length(values[i]) > length(values[longest]) ? i : longest;
        }
        return measurementColumns[longest];
    }

    private static int bytes(@Nullable Object value) {
        return value instanceof byte[] binary ? binary.length : Long.BYTES;
    }

    private static int length(@Nullable Object value) {
        return value instanceof byte[] binary ? binary.length : 0;
    }

    /**
     * Returns the device of a row of which only the device's columns need to be there; empty if it
     * cannot have one.
     */
    public Optional<Device> deviceOf(@Nullable Object[] row) {
        try {
            for (int c : deviceColumns) {
                requireName(row, c);
            }
            return Optional.of(device(row));
        } catch (RejectedValueException e) {
            return Optional.empty();
        }
    }

    /** Returns what a column gives a name to. */
    private String named(int deviceColumn) {
        String name = mapping.columns().get(deviceColumn).name();
        return mapping.isTall()
                        && mapping.holder().columns().stream().noneMatch(name::equalsIgnoreCase)
                ? "a measurement"
                : "a device";
    }

    private void requireName(@Nullable Object[] row, int deviceColumn)
            throws RejectedValueException {
        Object value = row[deviceColumn];
        if (value == ZeroDate.ZERO_DATE) {
            throw new RejectedValueException(
                    named(deviceColumn) + " needs a name, this is no date");
        }
        if (mapping.keepsWholeRows()) {
            return;
        }
        if (value == null) {
            throw new RejectedValueException(named(deviceColumn) + " needs a name, this is null");
        }
        if ((value instanceof String text && text.isEmpty())
                || (value instanceof byte[] bytes && bytes.length == 0)) {
            throw new RejectedValueException(named(deviceColumn) + " needs a name, this is empty");
        }
    }

    /** Returns how many values on_invalid has left out of rows that are written, so far. */
    public long skipped() {
        return skipped;
    }

    /** Returns how many zero dates that became null in rows that are written, so far. */
    public long zeroDates() {
        return zeroDates;
    }

    private Device device(@Nullable Object[] row) throws RejectedValueException {
        Object key =
                deviceColumns.length == 1
                        ? cacheKey(row[deviceColumns[0]])
                        : Arrays.stream(deviceColumns).mapToObj(c -> cacheKey(row[c])).toList();
        Device device = devices.get(key);
        if (device == null) {
            if (devices.size() >= REMEMBERED_DEVICES) {
                devices.clear();
            }
            device = Device.of(deviceText(row));
            devices.put(key, device);
        }
        return device;
    }

    private String deviceText(@Nullable Object[] row) throws RejectedValueException {
        if (mapping.device() instanceof TagNaming tags) {
            requireLookups(row);
            TagValues values = tags.values(name -> textOrNull(row, mapping.columnIndex(name)));
            Optional<String> problem = tags.problem(values);
            if (problem.isPresent()) {
                column = mapping.columnIndex(Objects.requireNonNull(tags.pivotColumn()));
                throw new RejectedValueException(problem.get());
            }
            return values.text();
        }
        requireLookups(row);
        List<String> names = mapping.template().names(n -> text(row, mapping.columnIndex(n)));
        requireLegal(names);
        return TreePath.of(names);
    }

    private void requireLookups(@Nullable Object[] row) throws RejectedValueException {
        for (int c : deviceColumns) {
            if (row[c] == null) {
                continue;
            }
            for (Lookup lookup : mapping.device().lookups(mapping.columns().get(c).name())) {
                String found = lookup.values().get(text(row, c));
                if (found == null || found.isEmpty()) {
                    column = c;
                    throw new RejectedValueException(
                            "look-up {"
                                    + lookup.reference()
                                    + "} has "
                                    + (found == null ? "no row for it" : "an empty name for it"));
                }
            }
        }
    }

    private void requireLegal(List<String> names) throws RejectedValueException {
        for (int i = 1; i < names.size(); i++) {
            boolean isRow = mapping.isTall() && i == names.size() - 1;
            Optional<String> problem = mapping.problem(names, i);
            if (problem.isPresent()) {
                mapping.template().nodeOf(i, names.size()).columns().stream()
                        .findFirst()
                        .ifPresent(part -> column = mapping.columnIndex(part.text()));
                throw new RejectedValueException(
                        (isRow ? "cannot name a measurement: " : "cannot name a device: ")
                                + problem.get());
            }
        }
    }

    private static @Nullable Object cacheKey(@Nullable Object value) {
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }

    private RejectedRow reject(@Nullable Object[] row, String reason) {
        return new RejectedRow(
                mapping.table(),
                name(row),
                mapping.columns().get(column).name(),
                shortened(text(row, column)),
                reason);
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN
                ? text
                : text.substring(0, SHOWN) + "... (" + text.length() + " characters)";
    }

    /** Returns the row by its primary key, or by all that is read of it: {@code id=7}. */
    public String name(@Nullable Object[] row) {
        List<Integer> naming =
                mapping.keyColumns().isEmpty()
                        ? IntStream.range(0, row.length).boxed().toList()
                        : mapping.keyColumns();
        return naming.stream()
                .map(c -> mapping.columns().get(c).name() + "=" + text(row, c))
                .collect(Collectors.joining(", "));
    }

    private @Nullable String textOrNull(@Nullable Object[] row, int index) {
        return row[index] == null ? null : text(row, index);
    }

    private String text(@Nullable Object[] row, int index) {
        Object value = row[index];
        return value == null
                ? "NULL"
                : CanonicalText.of(value, mapping.columns().get(index).type());
    }
}
