package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.flink.io.StateSerializer;
import io.iotdbmigrate.model.Chunk;
import io.iotdbmigrate.model.KeyValue;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of a backfill's state: all of it is about chunks. */
public abstract class ChunkSerializer<T> extends StateSerializer<T> {
    private static final String REMEDY =
            "erase what was copied and copy it anew with iotdb-migrate backfill --restart, or"
                    + " finish with the build that began";

    protected ChunkSerializer() {
        super(REMEDY);
    }

    /**
     * @param version in which values are written
     */
    protected ChunkSerializer(int version) {
        super(REMEDY, version);
    }

    /** Writes a chunk. */
    protected static void writeChunk(Chunk chunk, DataOutputView out) throws IOException {
        out.writeInt(chunk.mapping());
        out.writeLong(chunk.number());
        writeKey(chunk.after(), out);
        writeKey(chunk.upTo(), out);
    }

    /** Reads what {@link #writeChunk} has written. */
    protected static Chunk readChunk(DataInputView in) throws IOException {
        return new Chunk(in.readInt(), in.readLong(), readKey(in), readKey(in));
    }

    /** Writes a key's values. */
    protected static void writeKey(List<KeyValue> key, DataOutputView out) throws IOException {
        writeList(
                out,
                key,
                (value, to) -> {
                    to.writeByte(code(value.kind()));
                    writeText(to, value.text());
                });
    }

    /** Reads what {@link #writeKey} has written. */
    protected static List<KeyValue> readKey(DataInputView in) throws IOException {
        return readList(
                in,
                from ->
                        new KeyValue(
                                kind(from.readByte()), Objects.requireNonNull(readText(from))));
    }

    private static int code(KeyValue.Kind kind) {
        return switch (kind) {
            case NUMBER -> 'n';
            case TEXT -> 't';
            case BYTES -> 'b';
        };
    }

    private static KeyValue.Kind kind(int code) throws IOException {
        return switch (code) {
            case 'n' -> KeyValue.Kind.NUMBER;
            case 't' -> KeyValue.Kind.TEXT;
            case 'b' -> KeyValue.Kind.BYTES;
            default -> throw new IOException("no kind of key has the code " + code);
        };
    }
}
