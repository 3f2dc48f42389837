package io.iotdbmigrate.flink;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.InstantiationUtil;

/** For the small, short-lived state of a backfill: splits, planning cursors, receipts. */
public final class JavaSerializer<T extends Serializable> implements SimpleVersionedSerializer<T> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(T value) throws IOException {
        return InstantiationUtil.serializeObject(value);
    }

    @Override
    public T deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "state of version " + version + ", this program reads " + VERSION);
        }
        try {
            return InstantiationUtil.deserializeObject(bytes, getClass().getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }
}
