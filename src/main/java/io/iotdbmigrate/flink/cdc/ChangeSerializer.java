package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.flink.io.RecordSerializer;
import io.iotdbmigrate.flink.io.ValueCodec;
import io.iotdbmigrate.model.Change;
import io.iotdbmigrate.model.Change.Kind;
import io.iotdbmigrate.model.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * A serializer that writes changes on their way to the sink: every value with a tag for its Java
 * class.
 */
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
                ValueCodec.write(value, out);
            }
        }
        out.writeInt(change.key().size());
        for (Object value : change.key()) {
            ValueCodec.write(value, out);
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
            values[i] = ValueCodec.read(in);
        }
        int keys = in.readInt();
        List<Object> key = new ArrayList<>(keys);
        for (int i = 0; i < keys; i++) {
            key.add(Objects.requireNonNull(ValueCodec.read(in)));
        }
        return new Change(mapping, kind, device, time, values, key);
    }
}
