package io.iotdbmigrate.mysql;

import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoder that reads rows of the binary protocol into canonical values (see {@link
 * io.iotdbmigrate.model.MySqlType}). Not thread-safe.
 */
public final class RowDecoder {
    /** Width of what is preceded by its length. */
    private static final int OWN_LENGTH = 0;

    /** First of a row's packet, before the bits that tell which values are null. */
    private static final int HEADER_BYTES = 1;

    /** Bits that are left out in front of those of the first value. */
    private static final int NULLS_OFFSET = 2;

    /** A first byte of this or more is followed by the length. */
    private static final int LONG_LENGTH = 0xfc;

    private final Kind[] kinds;
    private final boolean[] unsigned;
    private final int[] widths;
    private final ValueDecoder values = new ValueDecoder();

    /**
     * @param columns the columns of the select list, in its order
     */
    public RowDecoder(List<Column> columns) {
        kinds = columns.stream().map(c -> c.type().kind()).toArray(Kind[]::new);
        unsigned = new boolean[kinds.length];
        widths = new int[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            unsigned[i] = columns.get(i).type().unsigned();
            if (kinds[i] == Kind.UNSUPPORTED) {
                throw new IllegalArgumentException(columns.get(i).type() + " cannot be read");
            }
            widths[i] = width(kinds[i]);
        }
    }

    /**
     * Returns the bytes of each value of a column of this kind, {@link #OWN_LENGTH} if they differ.
     */
    private static int width(Kind kind) {
        return switch (kind) {
            case TINYINT -> 1;
            case SMALLINT, YEAR -> 2;
            case MEDIUMINT, INT, FLOAT -> 4;
            case BIGINT, DOUBLE -> 8;
            default -> OWN_LENGTH;
        };
    }

    /** Returns the current row. */
    public @Nullable Object[] decode(ResultSet rows) throws SQLException {
        Object[] row = new Object[kinds.length];
        for (int i = 0; i < row.length; i++) {
            byte[] value = rows.getBytes(i + 1);
            if (value != null) {
                row[i] = values.decode(kinds[i], unsigned[i], value, 0, value.length);
            }
        }
        return row;
    }

    /** Returns one of these rows. */
    public @Nullable Object[] decode(RowPackets rows, int row) {
        return decode(rows.array(), rows.start(row), rows.end(row));
    }

    /** Returns the row of a packet, laid out as MySQL's "Binary Protocol Resultset Row" says. */
    @Nullable Object[] decode(byte[] packets, int start, int end) {
        Object[] row = new Object[kinds.length];
        int nulls = start + HEADER_BYTES;
        int at = nulls + (kinds.length + NULLS_OFFSET + 7) / 8;
        for (int i = 0; i < row.length; i++) {
            int bit = i + NULLS_OFFSET;
            if ((packets[nulls + (bit >> 3)] & 1 << (bit & 7)) == 0) {
                int width = widths[i];
                if (width == OWN_LENGTH) {
                    width = packets[at] & 0xff;
                    at++;
                    if (width >= LONG_LENGTH) {
                        int bytes = lengthBytes(width);
                        width = longLength(packets, at, bytes);
                        at += bytes;
                    }
                }
                row[i] = values.decode(kinds[i], unsigned[i], packets, at, width);
                at += width;
            }
        }
        if (at != end) {
            throw new IllegalStateException(
                    "a row of " + (end - start) + " bytes was read to " + (at - start));
        }
        return row;
    }

    private static int lengthBytes(int first) {
        return first == LONG_LENGTH ? 2 : first == LONG_LENGTH + 1 ? 3 : 8;
    }

    private static int longLength(byte[] packets, int at, int bytes) {
        long length = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            length = length << 8 | (packets[at + i] & 0xff);
        }
        return Math.toIntExact(length);
    }
}
