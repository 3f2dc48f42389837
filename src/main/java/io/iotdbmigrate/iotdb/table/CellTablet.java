package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.SizedTablet;
import io.iotdbmigrate.mapping.TagNaming;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.Device;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.tsfile.enums.ColumnCategory;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.utils.Binary;
import org.apache.tsfile.utils.BitMap;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.apache.tsfile.write.schema.MeasurementSchema;
import org.jspecify.annotations.Nullable;

/**
 * Values on their way into one tablet, whose rows have several of them: those of one device and
 * time, each in the column of its name. A column without a value in a row leaves there what IoTDB
 * has. Not thread-safe.
 */
final class CellTablet {
    private final TagNaming tags;
    private final Map<TagValues, Map<Long, Integer>> rows = new HashMap<>();
    private final List<Row> order = new ArrayList<>();
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final List<Part> parts = new ArrayList<>();
    private long bytes;

    CellTablet(TagNaming tags) {
        this.tags = tags;
    }

    /** A row of IoTDB. */
    record Row(TagValues device, long time) {
        /** Returns the hash of its key. */
        long hash() {
            return Device.of(device.text()).keyHash(time);
        }
    }

    /** Values of one column, and the rows that they belong to. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Part(int column, int[] rows, Tablet tablet) {}

    /** Returns how many values there would be with these rows, nulls among them. */
    long valuesWith(SizedTablet more) {
        return (order.size() + (long) more.tablet().getRowSize()) * (names.size() + 1);
    }

    /** Returns what a request would be with these rows, about. */
    long bytesWith(SizedTablet more) {
        return bytes + MixedTablet.bytes(more) + Long.BYTES * valuesWith(more);
    }

    /**
     * Adds values of one device and name.
     *
     * @param sized its device is the text of a {@link TagValues} whose last value is the name
     */
    void add(SizedTablet sized) {
        TagValues named = TagValues.parse(sized.device());
        TagValues device = named.withoutLast();
        int column = names.computeIfAbsent(String.valueOf(named.last()), n -> names.size());
        Tablet tablet = sized.tablet();
        Map<Long, Integer> times = rows.computeIfAbsent(device, d -> new HashMap<>());
        int[] at = new int[tablet.getRowSize()];
        for (int i = 0; i < at.length; i++) {
            long time = tablet.getTimestamp(i);
            at[i] =
                    times.computeIfAbsent(
                            time,
                            t -> {
                                order.add(new Row(device, time));
                                return order.size() - 1;
                            });
        }
        parts.add(new Part(column, at, tablet));
        bytes += MixedTablet.bytes(sized);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    Collection<String> names() {
        return names.keySet();
    }

    List<Row> rows() {
        return order;
    }

    /** Makes the tablet. */
    Tablet toTablet() {
        int size = order.size();
        List<IMeasurementSchema> schemas = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        List<BitMap> nulls = new ArrayList<>();
        for (int t = 0; t < tags.names().size(); t++) {
            schemas.add(new MeasurementSchema(tags.names().get(t), TSDataType.STRING));
            Binary[] column = new Binary[size];
            BitMap none = new BitMap(size);
            for (int row = 0; row < size; row++) {
                String value = order.get(row).device().values().get(t);
                column[row] = binary(value);
                if (value == null) {
                    none.mark(row);
                }
            }
            values.add(column);
            nulls.add(none);
        }
        TSDataType type = parts.get(0).tablet().getSchemas().get(0).getType();
        Class<?> of = parts.get(0).tablet().getValues()[0].getClass().getComponentType();
        for (String name : names.keySet()) {
            schemas.add(new MeasurementSchema(TagNaming.column(name), type));
            Object column = Array.newInstance(of, size);
            if (column instanceof Binary[] binaries) {
                // The client reads the bytes of nulls, too.
                Arrays.fill(binaries, Binary.EMPTY_VALUE);
            }
            BitMap none = new BitMap(size);
            none.markAll();
            values.add(column);
            nulls.add(none);
        }
        parts.forEach(part -> fill(part, values, nulls));
        List<ColumnCategory> categories =
                new ArrayList<>(Collections.nCopies(tags.names().size(), ColumnCategory.TAG));
        categories.addAll(Collections.nCopies(names.size(), ColumnCategory.FIELD));
        return new Tablet(
                tags.table(),
                schemas,
                categories,
                order.stream().mapToLong(Row::time).toArray(),
                values.toArray(),
                nulls.toArray(BitMap[]::new),
                size);
    }

    private static Binary binary(@Nullable String value) {
        return value == null ? Binary.EMPTY_VALUE : new Binary(value, StandardCharsets.UTF_8);
    }

    private void fill(Part part, List<Object> values, List<BitMap> nulls) {
        int column = tags.names().size() + part.column();
        Object from = part.tablet().getValues()[0];
        BitMap[] bits = part.tablet().getBitMaps();
        for (int i = 0; i < part.rows().length; i++) {
            if (bits == null || bits[0] == null || !bits[0].isMarked(i)) {
                System.arraycopy(from, i, values.get(column), part.rows()[i], 1);
                nulls.get(column).unmark(part.rows()[i]);
            }
        }
    }
}
