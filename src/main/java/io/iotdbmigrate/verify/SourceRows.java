package io.iotdbmigrate.verify;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** A reader of single rows of MySQL as they are now, mapped. */
public interface SourceRows {

    /**
     * Returns the row that stands of each key; keys without one are absent.
     *
     * @param anywhere look for them in the whole table, not only where rows like them were before
     * @throws io.iotdbmigrate.model.UserException exit code 4, if MySQL cannot be read
     * @throws IOException if it cannot be read for another reason
     */
    Map<RowKey, SideRow> read(Set<RowKey> keys, boolean anywhere) throws IOException;
}
