package io.iotdbmigrate.flink;

import io.iotdbmigrate.model.Change;
import io.iotdbmigrate.model.Change.Kind;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.ZeroDate;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** Writes changes on their way to the sink: every value with a tag for its Java class. */
public final class ChangeSerializer extends RecordSerializer<Change> {
    private static final long serialVersionUID = 1L;
    private static final List<Kind> KINDS = List.of(Kind.values());

    @Override
    public void serialize(Change change, DataOutputView out) throws IOException {
        out.writeInt(change.mapping());
        out.writeByte(KINDS.indexOf(change.kind()));
        StringValue.writeString(change.device().path(), out);
        out.writeLong(change.device().hash());
        out.writeLong(change.time());
        Object[] values = change.values();
        out.writeInt(values == null ? -1 : values.length);
        if (values != null) {
            for (Object value : values) {
                write(value, out);
            }
        }
        out.writeInt(change.key().size());
        for (Object value : change.key()) {
            write(value, out);
        }
    }

    @Override
    public Change deserialize(DataInputView in) throws IOException {
        int mapping = in.readInt();
        Kind kind = KINDS.get(in.readByte());
        Device device = new Device(StringValue.readString(in), in.readLong());
        long time = in.readLong();
        int columns = in.readInt();
        Object[] values = columns < 0 ? null : new Object[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = read(in);
        }
        int keys = in.readInt();
        List<Object> key = new ArrayList<>(keys);
        for (int i = 0; i < keys; i++) {
            key.add(java.util.Objects.requireNonNull(read(in)));
        }
        return new Change(mapping, kind, device, time, values, key);
    }

    private static void write(@Nullable Object value, DataOutputView out) throws IOException {
        if (value == null) {
            out.writeByte(0);
        } else if (value instanceof Boolean bool) {
            out.writeByte(1);
            out.writeBoolean(bool);
        } else if (value instanceof Integer number) {
            out.writeByte(2);
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeByte(3);
            out.writeLong(number);
        } else if (value instanceof Float number) {
            out.writeByte(4);
            out.writeInt(Float.floatToRawIntBits(number));
        } else if (value instanceof Double number) {
            out.writeByte(5);
            out.writeLong(Double.doubleToRawLongBits(number));
        } else if (value instanceof byte[] bytes) {
            out.writeByte(6);
            out.writeInt(bytes.length);
            out.write(bytes);
        } else if (value instanceof LocalDate date) {
            out.writeByte(7);
            out.writeLong(date.toEpochDay());
        } else if (value instanceof String text) {
            out.writeByte(8);
            StringValue.writeString(text, out);
        } else if (value instanceof BigDecimal decimal) {
            out.writeByte(9);
            StringValue.writeString(decimal.toString(), out);
        } else if (value instanceof BigInteger integer) {
            out.writeByte(10);
            StringValue.writeString(integer.toString(), out);
        } else if (value == ZeroDate.ZERO_DATE) {
            out.writeByte(11);
        } else {
            throw new IOException("no form for " + value.getClass());
        }
    }

    private static @Nullable Object read(DataInputView in) throws IOException {
        byte tag = in.readByte();
        return switch (tag) {
            case 0 -> null;
            case 1 -> in.readBoolean();
            case 2 -> in.readInt();
            case 3 -> in.readLong();
            case 4 -> Float.intBitsToFloat(in.readInt());
            case 5 -> Double.longBitsToDouble(in.readLong());
            case 6 -> {
                byte[] bytes = new byte[in.readInt()];
                in.readFully(bytes);
                yield bytes;
            }
            case 7 -> LocalDate.ofEpochDay(in.readLong());
            case 8 -> StringValue.readString(in);
            case 9 -> new BigDecimal(StringValue.readString(in));
            case 10 -> new BigInteger(StringValue.readString(in));
            case 11 -> ZeroDate.ZERO_DATE;
            default -> throw new IOException("unknown tag " + tag);
        };
    }
}
