package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.model.TargetRow;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows of a target that come one by one, of each device with times ascending. Not thread-safe. */
public interface StoredRows extends AutoCloseable {
    /**
     * Returns the next row, null behind the last.
     *
     * @throws IOException if the server was away for longer than the retries last
     */
    @Nullable TargetRow next() throws IOException;

    /** Ends the reading on the server. */
    @Override
    void close() throws IOException;
}
