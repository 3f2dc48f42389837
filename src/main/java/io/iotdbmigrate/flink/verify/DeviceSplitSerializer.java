package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.io.StateSerializer;
import io.iotdbmigrate.iotdb.StoredDevice;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of the devices that a reader gets; a verification takes no checkpoints. */
final class DeviceSplitSerializer extends StateSerializer<DeviceSplit> {
    DeviceSplitSerializer() {
        super("start verify again");
    }

    @Override
    protected void write(DeviceSplit split, DataOutputView out) throws IOException {
        writeSplit(split, out);
    }

    @Override
    protected DeviceSplit read(int writtenIn, DataInputView in) throws IOException {
        return readSplit(in);
    }

    private static void writeSplit(DeviceSplit split, DataOutputView out) throws IOException {
        out.writeInt(split.number());
        out.writeInt(split.table());
        writeList(
                out,
                split.devices(),
                (device, to) -> {
                    writeText(to, device.path());
                    writeList(to, device.versions(), (version, t) -> writeText(t, version));
                });
    }

    private static DeviceSplit readSplit(DataInputView in) throws IOException {
        return new DeviceSplit(
                in.readInt(),
                in.readInt(),
                readList(
                        in,
                        from ->
                                new StoredDevice(
                                        Objects.requireNonNull(readText(from)),
                                        readList(from, f -> Objects.requireNonNull(readText(f))))));
    }

    /** Serializer of the splits that nobody has. */
    static final class Left extends StateSerializer<DeviceSplits> {
        Left() {
            super("start verify again");
        }

        @Override
        protected void write(DeviceSplits splits, DataOutputView out) throws IOException {
            writeList(out, splits.left(), DeviceSplitSerializer::writeSplit);
        }

        @Override
        protected DeviceSplits read(int writtenIn, DataInputView in) throws IOException {
            return new DeviceSplits(readList(in, DeviceSplitSerializer::readSplit));
        }
    }
}
