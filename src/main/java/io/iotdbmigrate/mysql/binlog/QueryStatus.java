package io.iotdbmigrate.mysql.binlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/**
 * What the binlog tells of a statement beside its text.
 *
 * @param databases whose tables it changed, also by way of views, triggers and functions; none
 *     where that is not told, as by MariaDB
 * @param all whether there are too many of them to be told
 * @param lenient whether its session was not strict: then values may have been cut to fit
 * @param clientSet number of a collation of the character set that its text is in; 0 if that is not
 *     told
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/classmysql_1_1binlog_1_1event_1_1Query__event.html">
 *     Query_event</a>
 */
public record QueryStatus(Set<String> databases, boolean all, boolean lenient, int clientSet) {
    /** Where nothing is told. */
    public static final QueryStatus UNKNOWN = new QueryStatus(Set.of(), false, false, 0);

    private static final int SQL_MODE = 1;
    private static final int CHARSETS = 4;
    private static final int UPDATED_DATABASES = 12;
    private static final int TOO_MANY = 254;
    private static final long STRICT = 1L << 21 | 1L << 22;

    public QueryStatus {
        databases = Set.copyOf(databases);
    }

    /** Tells whether it changed tables of a database, or may have. */
    public boolean changed(String database) {
        return all || databases.stream().anyMatch(database::equalsIgnoreCase);
    }

    /**
     * Reads the status variables of an event, up to the first one whose length is not known: each
     * has its number before it, and they stand in an order.
     */
    static QueryStatus of(byte[] variables) {
        ByteBuffer in = ByteBuffer.wrap(variables).order(ByteOrder.LITTLE_ENDIAN);
        Set<String> databases = new HashSet<>();
        boolean all = false;
        boolean lenient = false;
        int clientSet = 0;
        while (in.hasRemaining()) {
            int variable = in.get() & 0xFF;
            if (variable == SQL_MODE) {
                lenient = (in.getLong() & STRICT) == 0;
            } else if (variable == CHARSETS) {
                clientSet = in.getShort() & 0xFFFF;
                // Of the connection and of the server.
                in.getInt();
            } else if (variable == UPDATED_DATABASES) {
                int count = in.get() & 0xFF;
                all = count == TOO_MANY;
                for (int i = 0; !all && i < count; i++) {
                    databases.add(zeroTerminated(in));
                }
            } else if (!skip(variable, in)) {
                break;
            }
        }
        return new QueryStatus(databases, all, lenient, clientSet);
    }

    private static boolean skip(int variable, ByteBuffer in) {
        int length =
                switch (variable) {
                    case 0, 3, 10 -> 4;
                    case 5, 6 -> in.get() & 0xFF;
                    case 2 -> (in.get() & 0xFF) + 1;
                    case 7, 8, 18 -> 2;
                    case 9, 17 -> 8;
                    case 13 -> 3;
                    case 16, 19, 20 -> 1;
                    case 11 -> {
                        in.position(in.position() + 1 + (in.get(in.position()) & 0xFF));
                        yield in.get() & 0xFF;
                    }
                    default -> -1;
                };
        if (length >= 0) {
            in.position(in.position() + length);
        }
        return length >= 0;
    }

    private static String zeroTerminated(ByteBuffer in) {
        int begin = in.position();
        while (in.get() != 0) {
            // The name goes on.
        }
        byte[] name = new byte[in.position() - 1 - begin];
        in.get(begin, name);
        return new String(name, UTF_8);
    }
}
