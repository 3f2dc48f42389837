package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.flink.io.StateSerializer;
import io.iotdbmigrate.flink.io.ValueCodec;
import io.iotdbmigrate.model.ChangePosition;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Serializer of the rows of XA transactions that are not yet committed, by the name of each. */
final class PreparedRowsSerializer extends StateSerializer<Map<String, List<RowEvent>>> {
    private static final int NO_ROW = -1;

    PreparedRowsSerializer() {
        super(ChangeProgressSerializer.REMEDY);
    }

    @Override
    protected void write(Map<String, List<RowEvent>> rows, DataOutputView out) throws IOException {
        out.writeInt(rows.size());
        for (Map.Entry<String, List<RowEvent>> transaction : rows.entrySet()) {
            writeText(out, transaction.getKey());
            writeList(out, transaction.getValue(), PreparedRowsSerializer::writeEvent);
        }
    }

    @Override
    protected Map<String, List<RowEvent>> read(int writtenIn, DataInputView in) throws IOException {
        Map<String, List<RowEvent>> rows = new HashMap<>();
        int transactions = in.readInt();
        for (int i = 0; i < transactions; i++) {
            String xid = Objects.requireNonNull(readText(in));
            rows.put(xid, readList(in, PreparedRowsSerializer::readEvent));
        }
        return rows;
    }

    private static void writeEvent(RowEvent event, DataOutputView out) throws IOException {
        out.writeInt(event.table());
        writeRow(event.before(), out);
        writeRow(event.after(), out);
        ChangeProgressSerializer.writePosition(event.position(), out);
        writeText(out, event.gtid());
        out.writeBoolean(event.last());
    }

    private static RowEvent readEvent(DataInputView in) throws IOException {
        int table = in.readInt();
        Object[] before = readRow(in);
        Object[] after = readRow(in);
        ChangePosition position = ChangeProgressSerializer.readPosition(in);
        return new RowEvent(
                table,
                before,
                after,
                Objects.requireNonNull(position),
                readText(in),
                in.readBoolean());
    }

    private static void writeRow(@Nullable Object @Nullable [] row, DataOutputView out)
            throws IOException {
        if (row == null) {
            out.writeInt(NO_ROW);
            return;
        }
        out.writeInt(row.length);
        for (Object value : row) {
            ValueCodec.write(value, out);
        }
    }

    private static @Nullable Object @Nullable [] readRow(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length == NO_ROW) {
            return null;
        }
        Object[] row = new Object[length];
        for (int i = 0; i < length; i++) {
            row[i] = ValueCodec.read(in);
        }
        return row;
    }
}
