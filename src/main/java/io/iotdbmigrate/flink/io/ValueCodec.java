package io.iotdbmigrate.flink.io;

import io.iotdbmigrate.model.ZeroDate;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * A codec that writes a value of a row with a tag for its Java class; floating-point numbers keep
 * their bits.
 */
public final class ValueCodec {
    private ValueCodec() {}

    /**
     * @throws IOException also for a class that no value of a row has
     */
    public static void write(@Nullable Object value, DataOutputView out) throws IOException {
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

    public static @Nullable Object read(DataInputView in) throws IOException {
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
