package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.BinlogPosition;
import java.io.IOException;
import java.util.Optional;

/** How far replication is. */
@FunctionalInterface
public interface AppliedPosition {

    /**
     * The position up to which every change is in IoTDB; empty if no replication runs.
     *
     * @throws IOException if it cannot be found out
     */
    Optional<BinlogPosition> applied() throws IOException;
}
