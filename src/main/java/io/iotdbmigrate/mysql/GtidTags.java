package io.iotdbmigrate.mysql;

import java.util.regex.Pattern;

/**
 * The tags of GTIDs, as {@code uuid:1-5:nightly:1-3} has one, since MySQL 8.3. The binlog client
 * knows none. Where a server has them, its binlog is read by file and offset, as if GTIDs were off.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/refman/8.4/en/replication-gtids-concepts.html#replication-gtids-concepts-tagged">
 *     Tagged GTIDs</a>
 */
public final class GtidTags {
    private static final Pattern TAG = Pattern.compile(":\\s*[a-zA-Z_]");

    private GtidTags() {}

    /** Tells whether a set has one. */
    public static boolean in(String gtidSet) {
        return TAG.matcher(gtidSet).find();
    }
}
