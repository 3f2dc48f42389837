package io.iotdbmigrate.mysql.binlog;

import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventHeaderDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventHeaderV4Deserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A translator of the events that MariaDB compresses with {@code log_bin_compress}, which the
 * binlog client passes over: it has them under the type and in the form of uncompressed ones. One
 * instance serves one client, which has one thread.
 *
 * @see <a
 *     href="https://mariadb.com/docs/server/server-management/server-monitoring-logs/binary-log/compressing-events-to-reduce-size-of-the-binary-log">
 *     Compressing events</a>
 */
public final class CompressedEvents {
    /** By MariaDB's numbers of the types, which have no other meaning on MySQL. */
    private static final Map<Integer, EventType> PLAIN =
            Map.of(
                    165, EventType.QUERY,
                    166, EventType.WRITE_ROWS,
                    167, EventType.UPDATE_ROWS,
                    168, EventType.DELETE_ROWS,
                    169, EventType.EXT_WRITE_ROWS,
                    170, EventType.EXT_UPDATE_ROWS,
                    171, EventType.EXT_DELETE_ROWS);

    private static final int TYPE_AT = 4;
    private static final int HEADER_BYTES = 19;
    private static final int NUMBER_AND_FLAGS = 8;
    private static final int QUERY_HEADER = 13;
    private static final int SCHEMA_LENGTH_AT = 8;
    private static final int STATUS_LENGTH_AT = 11;

    /** Marks compressed bytes, with the algorithm below it, where 0 is zlib. */
    private static final int MARK = 0x80;

    private static final int LENGTH_BYTES = 0x07;

    private @Nullable EventType compressed;

    private CompressedEvents() {}

    /**
     * Has a deserializer read them; to be called when it has all its deserializers of queries and
     * rows.
     */
    public static void installIn(EventDeserializer events) {
        CompressedEvents own = new CompressedEvents();
        PLAIN.values().forEach(type -> own.wrap(events, type));
        try {
            Field header = EventDeserializer.class.getDeclaredField("eventHeaderDeserializer");
            header.setAccessible(true);
            header.set(events, (EventHeaderDeserializer<EventHeaderV4>) own::header);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the binlog client is of another version", e);
        }
    }

    private void wrap(EventDeserializer events, EventType type) {
        EventDataDeserializer<?> plain = events.getEventDataDeserializer(type);
        events.setEventDataDeserializer(type, in -> data(type, plain, in));
    }

    private EventHeaderV4 header(ByteArrayInputStream in) throws IOException {
        byte[] bytes = in.read(HEADER_BYTES);
        compressed = PLAIN.get(bytes[TYPE_AT] & 0xFF);
        EventHeaderV4 header =
                new EventHeaderV4Deserializer().deserialize(new ByteArrayInputStream(bytes));
        if (compressed != null) {
            header.setEventType(compressed);
        }
        return header;
    }

    private EventData data(EventType type, EventDataDeserializer<?> plain, ByteArrayInputStream in)
            throws IOException {
        if (compressed != type) {
            return plain.deserialize(in);
        }
        byte[] bytes = in.read(in.available());
        int begin = type == EventType.QUERY ? beginOfQuery(bytes) : beginOfRows(type, bytes);
        return plain.deserialize(new ByteArrayInputStream(inflated(bytes, begin)));
    }

    private static int beginOfQuery(byte[] bytes) {
        int status =
                (bytes[STATUS_LENGTH_AT] & 0xFF)
                        | (bytes[STATUS_LENGTH_AT + 1] & 0xFF) << Byte.SIZE;
        return QUERY_HEADER + status + (bytes[SCHEMA_LENGTH_AT] & 0xFF) + 1;
    }

    private static int beginOfRows(EventType type, byte[] bytes) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        in.skipNBytes(NUMBER_AND_FLAGS);
        if (type.name().startsWith("EXT_")) {
            // The length counts itself.
            in.skipNBytes(in.readInteger(2) - 2L);
        }
        int bitmap = (in.readPackedInteger() + Byte.SIZE - 1) / Byte.SIZE;
        in.skipNBytes(EventType.isUpdate(type) ? 2L * bitmap : bitmap);
        return bytes.length - in.available();
    }

    private static byte[] inflated(byte[] bytes, int begin) throws IOException {
        int first = bytes[begin] & 0xFF;
        int lengthBytes = first & LENGTH_BYTES;
        if ((first & ~LENGTH_BYTES) != MARK) {
            throw new IOException("an event is compressed by an unknown algorithm, " + first);
        }
        int length = 0;
        for (int i = 1; i <= lengthBytes; i++) {
            length = length << Byte.SIZE | (bytes[begin + i] & 0xFF);
        }
        byte[] plain = new byte[length];
        Inflater inflater = new Inflater();
        try {
            int from = begin + 1 + lengthBytes;
            inflater.setInput(bytes, from, bytes.length - from);
            int done = 0;
            while (done < length) {
                int more = inflater.inflate(plain, done, length - done);
                if (more == 0) {
                    throw new IOException("a compressed event ends early");
                }
                done += more;
            }
        } catch (DataFormatException e) {
            throw new IOException("a compressed event cannot be read", e);
        } finally {
            inflater.end();
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(begin + length);
        whole.write(bytes, 0, begin);
        whole.write(plain);
        return whole.toByteArray();
    }
}
