package io.iotdbmigrate.flink.cdc.binlog;

import com.github.shyiko.mysql.binlog.event.ByteArrayEventData;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/**
 * The event with which MariaDB begins each transaction in the place of MySQL's GTID and BEGIN.
 *
 * @param standalone one statement follows that is no transaction, such as ALTER TABLE
 * @param undecided that statement begins, or has failed: {@code binlog_alter_two_phase} logs it
 *     when it begins, and again when it is done or has failed
 * @param xid identifier of the XA transaction whose rows follow, as MariaDB writes it; empty if it
 *     is an ordinary one
 * @see <a
 *     href="https://mariadb.com/docs/server/reference/clientserver-protocol/replication-protocol/gtid_event">
 *     GTID_EVENT</a>
 */
record MariaDbGtid(boolean standalone, boolean undecided, String xid) {
    private static final int SEQUENCE_AND_DOMAIN = 12;
    private static final int STANDALONE = 1;
    private static final int HAS_GROUP = 2;
    private static final int PREPARED_XA = 64;
    private static final int COMPLETED_XA = 128;
    private static final int GROUP_BYTES = 8;
    private static final int BEGINS_ALTER = 2;
    private static final int FAILED_ALTER = 8;

    static MariaDbGtid of(ByteArrayEventData event) {
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(event.getData());
            in.skipNBytes(SEQUENCE_AND_DOMAIN);
            int flags = in.readInteger(1);
            in.skipNBytes((flags & HAS_GROUP) != 0 ? GROUP_BYTES : 0);
            String xid = "";
            boolean undecided = false;
            if ((flags & (PREPARED_XA | COMPLETED_XA)) == 0) {
                int more = in.available() > 0 ? in.readInteger(1) : 0;
                undecided = (more & (BEGINS_ALTER | FAILED_ALTER)) != 0;
            } else if ((flags & PREPARED_XA) != 0) {
                long format = in.readLong(4);
                int transaction = in.readInteger(1);
                int branch = in.readInteger(1);
                xid = hex(in.read(transaction)) + "," + hex(in.read(branch)) + "," + format;
            }
            return new MariaDbGtid((flags & STANDALONE) != 0, undecided, xid);
        } catch (IOException e) {
            throw new UncheckedIOException("a GTID event of MariaDB ends early", e);
        }
    }

    private static String hex(byte[] bytes) {
        return "X'" + HexFormat.of().formatHex(bytes) + "'";
    }
}
