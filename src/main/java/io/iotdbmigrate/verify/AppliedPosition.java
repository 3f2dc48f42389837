package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.BinlogPosition;
import java.io.IOException;

/** How far replication is. */
public interface AppliedPosition {

    /**
     * Tells whether a replication runs.
     *
     * @throws IOException if it cannot be found out
     */
    boolean runs() throws IOException;

    /**
     * Tells whether every change of a mapped table before a position is in IoTDB. What else stands
     * in the binlog does not matter: replication does not read it.
     *
     * @throws IOException if it cannot be found out
     */
    boolean hasApplied(BinlogPosition position) throws IOException;
}
