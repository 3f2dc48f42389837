package io.iotdbmigrate.verify;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A reader and mender of single rows of IoTDB. */
public interface TargetRows {

    /**
     * Returns the rows as they are now; keys without one are absent.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 5, if IoTDB refuses
     * @throws IOException if it was away for longer than the retries last
     */
    Map<RowKey, SideRow> read(Set<RowKey> keys) throws IOException;

    /**
     * Writes values of a row.
     *
     * @param values one per measurement; null leaves what is there
     */
    void write(RowKey key, @Nullable Object[] values) throws IOException;

    /** Deletes points of a row, at exactly its time. */
    void delete(RowKey key, List<Integer> measurements) throws IOException;

    /** Makes all of it durable. */
    void flush() throws IOException;
}
