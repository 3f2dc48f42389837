package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.flink.io.StateSerializer;
import io.iotdbmigrate.model.BinlogPosition;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of the place where the names of a replication were read. */
final class NamesSinceSerializer extends StateSerializer<NamesSince> {
    NamesSinceSerializer() {
        super(ChangeProgressSerializer.REMEDY);
    }

    @Override
    protected void write(NamesSince since, DataOutputView out) throws IOException {
        writeText(out, since.head().file());
        out.writeLong(since.head().offset());
        writeText(out, since.head().gtidSet());
        writeText(out, since.head().server());
    }

    @Override
    protected NamesSince read(int writtenIn, DataInputView in) throws IOException {
        return new NamesSince(
                new BinlogPosition(
                        Objects.requireNonNull(readText(in)),
                        in.readLong(),
                        Objects.requireNonNull(readText(in)),
                        readText(in)));
    }
}
