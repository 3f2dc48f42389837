package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.io.RecordSerializer;
import io.iotdbmigrate.flink.io.ValueCodec;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TypedValue;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.SideRow;
import io.iotdbmigrate.verify.SideRow.Side;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** A serializer that writes rows that are looked at one by one on their way to the comparison. */
final class SideRowSerializer extends RecordSerializer<SideRow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(SideRow row, DataOutputView out) throws IOException {
        out.writeBoolean(row.side() == Side.MYSQL);
        out.writeInt(row.key().table());
        StringValue.writeString(row.key().device(), out);
        out.writeLong(row.key().time());
        out.writeInt(row.writer());
        out.writeLong(row.order());
        out.writeInt(row.values().length);
        for (Object value : row.values()) {
            out.writeBoolean(value instanceof TypedValue);
            if (value instanceof TypedValue typed) {
                StringValue.writeString(typed.type().name(), out);
                ValueCodec.write(typed.value(), out);
            } else {
                ValueCodec.write(value, out);
            }
        }
    }

    @Override
    public SideRow deserialize(DataInputView in) throws IOException {
        Side side = in.readBoolean() ? Side.MYSQL : Side.IOTDB;
        RowKey key = new RowKey(in.readInt(), StringValue.readString(in), in.readLong());
        int writer = in.readInt();
        long order = in.readLong();
        Object[] values = new Object[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readBoolean() ? typed(in) : ValueCodec.read(in);
        }
        return new SideRow(side, key, writer, order, values);
    }

    private static TypedValue typed(DataInputView in) throws IOException {
        TargetType type = TargetType.valueOf(StringValue.readString(in));
        return new TypedValue(type, Objects.requireNonNull(ValueCodec.read(in)));
    }
}
