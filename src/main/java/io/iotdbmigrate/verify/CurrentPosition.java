package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.BinlogPosition;
import java.io.IOException;
import java.util.Optional;

/** Where MySQL's binlog ends now. */
@FunctionalInterface
public interface CurrentPosition {
    Optional<BinlogPosition> current() throws IOException;
}
