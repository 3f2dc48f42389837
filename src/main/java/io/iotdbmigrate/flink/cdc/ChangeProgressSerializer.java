package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.flink.io.StateSerializer;
import io.iotdbmigrate.model.ChangePosition;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Serializer of how far a replication is. */
final class ChangeProgressSerializer extends StateSerializer<ChangeProgress> {
    static final String REMEDY =
            "start again with iotdb-migrate cdc --restart, which begins where the backfill began"
                    + " to read, unless mysql.cdc.startup_mode says otherwise";

    /** The first version that knows the server. */
    private static final int SERVER = 3;

    ChangeProgressSerializer() {
        super(REMEDY, SERVER);
    }

    @Override
    protected void write(ChangeProgress progress, DataOutputView out) throws IOException {
        writePosition(progress.position(), out);
        writeText(out, progress.gtid());
        out.writeInt(progress.step());
        out.writeBoolean(progress.whole());
        out.writeLong(progress.rows());
        out.writeLong(progress.rejected());
        writeText(out, progress.server());
    }

    @Override
    protected ChangeProgress read(int writtenIn, DataInputView in) throws IOException {
        return new ChangeProgress(
                readPosition(in),
                readText(in),
                in.readInt(),
                in.readBoolean(),
                in.readLong(),
                in.readLong(),
                writtenIn < SERVER ? null : readText(in));
    }

    static void writePosition(@Nullable ChangePosition position, DataOutputView out)
            throws IOException {
        out.writeBoolean(position != null);
        if (position != null) {
            writeText(out, position.file());
            out.writeLong(position.transaction());
            out.writeLong(position.offset());
            out.writeInt(position.row());
            out.writeLong(position.atMillis());
        }
    }

    static @Nullable ChangePosition readPosition(DataInputView in) throws IOException {
        return in.readBoolean()
                ? new ChangePosition(
                        Objects.requireNonNull(readText(in)),
                        in.readLong(),
                        in.readLong(),
                        in.readInt(),
                        in.readLong())
                : null;
    }
}
