package io.iotdbmigrate.cutover;

import io.iotdbmigrate.model.BinlogPosition;

/** MySQL's binlog, read beside the CDC job. */
public interface Binlog {

    /** Returns the position after the last committed transaction. */
    BinlogPosition position() throws Exception;

    /**
     * Returns how many row events of mapped tables the binlog holds after a position that it had
     * itself. What moves the binlog and changes no mapped table counts nothing.
     */
    long mappedEventsAfter(BinlogPosition position) throws Exception;
}
