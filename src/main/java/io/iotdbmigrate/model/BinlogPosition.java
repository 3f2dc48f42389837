package io.iotdbmigrate.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A place in a MySQL server's binlog.
 *
 * @param offset byte offset in {@code file}
 * @param gtidSet executed GTIDs at that place, empty where GTIDs are off
 * @param server {@code server_uuid} of the server whose file it is; null if it was not noted
 */
public record BinlogPosition(String file, long offset, String gtidSet, @Nullable String server)
        implements Serializable {

    /** Makes a place on a server of which nothing was noted. */
    public BinlogPosition(String file, long offset, String gtidSet) {
        this(file, offset, gtidSet, null);
    }

    @Override
    public String toString() {
        return file + ":" + offset;
    }
}
