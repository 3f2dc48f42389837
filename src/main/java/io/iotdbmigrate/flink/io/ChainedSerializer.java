package io.iotdbmigrate.flink.io;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

/**
 * For records that pass between chained operators and are not serialized at all, but in the one
 * case that a user takes the chain apart: length and bytes of Java serialization.
 */
public final class ChainedSerializer<T extends Serializable> extends RecordSerializer<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(T record, DataOutputView target) throws IOException {
        byte[] bytes = InstantiationUtil.serializeObject(record);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        try {
            return InstantiationUtil.deserializeObject(
                    bytes, ChainedSerializer.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }
}
