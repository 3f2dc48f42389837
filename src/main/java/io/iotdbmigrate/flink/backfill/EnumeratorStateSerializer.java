package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.mysql.ChunkPlanner.Cursor;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Serializer of how far the planning of chunks is. */
final class EnumeratorStateSerializer extends ChunkSerializer<EnumeratorState> {
    @Override
    protected void write(EnumeratorState state, DataOutputView out) throws IOException {
        writeList(out, state.cursors(), EnumeratorStateSerializer::writeCursor);
        writeList(out, state.returned(), (split, to) -> writeChunk(split.chunk(), to));
        writeList(out, state.finishedRows(), (rows, to) -> to.writeLong(rows));
    }

    @Override
    protected EnumeratorState read(int writtenIn, DataInputView in) throws IOException {
        return new EnumeratorState(
                readList(in, EnumeratorStateSerializer::readCursor),
                readList(in, from -> new ChunkSplit(readChunk(from))),
                readList(in, DataInputView::readLong));
    }

    private static void writeCursor(@Nullable Cursor cursor, DataOutputView out)
            throws IOException {
        out.writeBoolean(cursor != null);
        if (cursor != null) {
            writeKey(cursor.after(), out);
            writeKey(cursor.end(), out);
            out.writeLong(cursor.step());
            out.writeLong(cursor.chunks());
            out.writeBoolean(cursor.done());
        }
    }

    private static @Nullable Cursor readCursor(DataInputView in) throws IOException {
        return in.readBoolean()
                ? new Cursor(
                        readKey(in), readKey(in), in.readLong(), in.readLong(), in.readBoolean())
                : null;
    }
}
