package io.iotdbmigrate.mysql.binlog;

import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * The bytes of a TABLE_MAP event in a form that the binlog client knows. A VECTOR of MySQL 9 is
 * there a BLOB, whose values are laid out alike, as are those of MariaDB's COMPRESSED columns, and
 * the kinds of metadata that the client does not know are left out.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/classmysql_1_1binlog_1_1event_1_1Table__map__event.html">
 *     Table_map_event</a>
 */
final class TableMapBytes {
    private static final byte VECTOR = (byte) 242;
    private static final byte BLOB = (byte) 252;
    private static final byte BLOB_COMPRESSED = (byte) 140;
    private static final byte VARCHAR_COMPRESSED = (byte) 141;
    private static final byte VARCHAR = 15;
    private static final int LAST_KNOWN_METADATA = 12;
    private static final int NUMBER_AND_FLAGS = 8;

    private final byte[] bytes;
    private final ByteArrayInputStream in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int copied;

    private TableMapBytes(byte[] bytes) {
        this.bytes = bytes;
        this.in = new ByteArrayInputStream(bytes);
    }

    /** Returns an event's data as the client can read it. */
    static byte[] known(byte[] data) throws IOException {
        return new TableMapBytes(data).rewritten();
    }

    private byte[] rewritten() throws IOException {
        in.skipNBytes(NUMBER_AND_FLAGS);
        for (int name = 0; name < 2; name++) {
            in.skipNBytes(1);
            in.readZeroTerminatedString();
        }
        int columns = in.readPackedInteger();
        copy();
        for (byte type : in.read(columns)) {
            out.write(known(type));
        }
        copied = position();
        in.skipNBytes(in.readPackedInteger());
        in.skipNBytes((columns + 7) / 8);
        copy();
        while (in.available() > 0) {
            boolean known = in.readInteger(1) <= LAST_KNOWN_METADATA;
            in.skipNBytes(in.readPackedInteger());
            if (known) {
                copy();
            } else {
                copied = position();
            }
        }
        return out.toByteArray();
    }

    private static byte known(byte type) {
        return switch (type) {
            case VECTOR, BLOB_COMPRESSED -> BLOB;
            case VARCHAR_COMPRESSED -> VARCHAR;
            default -> type;
        };
    }

    private int position() throws IOException {
        return bytes.length - in.available();
    }

    /** Takes over what was read since. */
    private void copy() throws IOException {
        out.write(bytes, copied, position() - copied);
        copied = position();
    }
}
