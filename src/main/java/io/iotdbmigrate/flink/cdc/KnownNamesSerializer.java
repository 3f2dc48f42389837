package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.flink.io.StateSerializer;
import io.iotdbmigrate.mapping.names.KnownNames.Stored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of the names that look-ups give. */
final class KnownNamesSerializer extends StateSerializer<List<Stored>> {
    KnownNamesSerializer() {
        super(ChangeProgressSerializer.REMEDY);
    }

    @Override
    protected void write(List<Stored> columns, DataOutputView out) throws IOException {
        out.writeInt(columns.size());
        for (Stored column : columns) {
            writeText(out, column.reference());
            out.writeInt(column.rows().size());
            for (Map.Entry<String, String> row : column.rows().entrySet()) {
                writeText(out, row.getKey());
                writeText(out, row.getValue());
            }
            writeKeys(column.gone(), out);
            writeKeys(column.unused(), out);
            writeKeys(column.waiting(), out);
        }
    }

    private static void writeKeys(Set<String> keys, DataOutputView out) throws IOException {
        out.writeInt(keys.size());
        for (String key : keys) {
            writeText(out, key);
        }
    }

    @Override
    protected List<Stored> read(int writtenIn, DataInputView in) throws IOException {
        List<Stored> columns = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String reference = text(in);
            Map<String, String> rows = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                rows.put(text(in), text(in));
            }
            columns.add(new Stored(reference, rows, readKeys(in), readKeys(in), readKeys(in)));
        }
        return columns;
    }

    private static Set<String> readKeys(DataInputView in) throws IOException {
        Set<String> keys = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            keys.add(text(in));
        }
        return keys;
    }

    private static String text(DataInputView in) throws IOException {
        return Objects.requireNonNull(readText(in));
    }
}
