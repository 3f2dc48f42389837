package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.OrderedTablet;
import io.iotdbmigrate.iotdb.SizedTablet;
import io.iotdbmigrate.mapping.TagNaming;
import io.iotdbmigrate.mapping.TagValues;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.tsfile.enums.ColumnCategory;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.utils.Binary;
import org.apache.tsfile.utils.BitMap;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.apache.tsfile.write.schema.MeasurementSchema;

/** Rows of many devices on their way into one tablet. Not thread-safe. */
final class MixedTablet {
    private final TagNaming tags;
    private final List<String> devices = new ArrayList<>();
    private final List<Tablet> parts = new ArrayList<>();
    private int rows;
    private long bytes;

    MixedTablet(TagNaming tags) {
        this.tags = tags;
    }

    /**
     * Adds the rows of one device, in order of time, also behind those that it has of it.
     *
     * @param sized its device is the text of a {@link TagValues}
     */
    void add(SizedTablet sized) {
        devices.add(sized.device());
        parts.add(sized.tablet());
        rows += sized.tablet().getRowSize();
        bytes += bytes(sized);
    }

    /** Returns what rows of one device add to a request: each carries the TAGs. */
    static long bytes(SizedTablet sized) {
        return sized.bytes() + sized.tablet().getRowSize() * (long) sized.device().length() * 3;
    }

    int rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Makes the tablet; one without FIELDs gets {@link TableSchema#PRESENT}. */
    Tablet toTablet() {
        List<IMeasurementSchema> schemas = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        List<BitMap> nulls = new ArrayList<>();
        addTags(schemas, values, nulls);
        List<IMeasurementSchema> fields = parts.get(0).getSchemas();
        for (int c = 0; c < fields.size(); c++) {
            schemas.add(fields.get(c));
            addField(c, values, nulls);
        }
        if (fields.isEmpty()) {
            schemas.add(new MeasurementSchema(TableSchema.PRESENT, TSDataType.BOOLEAN));
            boolean[] present = new boolean[rows];
            Arrays.fill(present, true);
            values.add(present);
            nulls.add(new BitMap(rows));
        }
        List<ColumnCategory> categories =
                new ArrayList<>(Collections.nCopies(tags.names().size(), ColumnCategory.TAG));
        categories.addAll(
                Collections.nCopies(schemas.size() - categories.size(), ColumnCategory.FIELD));
        return new OrderedTablet(
                tags.table(),
                schemas,
                categories,
                times(),
                values.toArray(),
                nulls.toArray(BitMap[]::new),
                rows);
    }

    private long[] times() {
        long[] times = new long[rows];
        int at = 0;
        for (Tablet part : parts) {
            System.arraycopy(part.getTimestamps(), 0, times, at, part.getRowSize());
            at += part.getRowSize();
        }
        return times;
    }

    private void addTags(
            List<IMeasurementSchema> schemas, List<Object> values, List<BitMap> nulls) {
        List<TagValues> parsed = devices.stream().map(TagValues::parse).toList();
        for (int t = 0; t < tags.names().size(); t++) {
            Binary[] column = new Binary[rows];
            BitMap none = new BitMap(rows);
            int at = 0;
            for (int p = 0; p < parts.size(); p++) {
                int end = at + parts.get(p).getRowSize();
                String value = parsed.get(p).values().get(t);
                Arrays.fill(
                        column,
                        at,
                        end,
                        value == null
                                ? Binary.EMPTY_VALUE
                                : new Binary(value, StandardCharsets.UTF_8));
                for (int row = at; value == null && row < end; row++) {
                    none.mark(row);
                }
                at = end;
            }
            schemas.add(new MeasurementSchema(tags.names().get(t), TSDataType.STRING));
            values.add(column);
            nulls.add(none);
        }
    }

    private void addField(int c, List<Object> values, List<BitMap> nulls) {
        Object first = parts.get(0).getValues()[c];
        Object column = Array.newInstance(first.getClass().getComponentType(), rows);
        BitMap none = new BitMap(rows);
        int at = 0;
        for (Tablet part : parts) {
            int size = part.getRowSize();
            System.arraycopy(part.getValues()[c], 0, column, at, size);
            BitMap[] bits = part.getBitMaps();
            for (int row = 0; bits != null && bits[c] != null && row < size; row++) {
                if (bits[c].isMarked(row)) {
                    none.mark(at + row);
                }
            }
            at += size;
        }
        values.add(column);
        nulls.add(none);
    }
}
