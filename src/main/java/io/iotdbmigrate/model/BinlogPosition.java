package io.iotdbmigrate.model;

import java.io.Serializable;

/**
 * A place in MySQL's binlog.
 *
 * @param offset byte offset in {@code file}
 * @param gtidSet executed GTIDs at that place, empty where GTIDs are off
 */
public record BinlogPosition(String file, long offset, String gtidSet) implements Serializable {
    @Override
    public String toString() {
        return file + ":" + offset;
    }
}
