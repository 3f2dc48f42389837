package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.CascadingKeys;
import io.iotdbmigrate.mysql.WaysIn;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What is known of tables at a place in the binlog, and of those that MySQL has now. */
interface KnownTables {
    /** Tells whether a table has a column of that name. */
    boolean hasColumn(TableId table, String column);

    /**
     * Returns the columns of a table that MySQL computes from others now, in lower case, with their
     * expressions: names in them are in backticks.
     */
    Map<String, String> generated(TableId table);

    /** Tells whether a mapped table is there: rows of it may have been followed. */
    boolean isDefined(TableId table);

    /** Tells whether a table that is not mapped is known to have no rows. */
    boolean isUnfilled(TableId table);

    /** Tells whether MySQL has no such table now. */
    boolean isGone(TableId table);

    /** Returns the foreign keys by which a change of one table changes rows of a mapped one. */
    Collection<CascadingKeys.Key> cascades();

    /**
     * Asks by which way a statement of another database may change rows of mapped tables.
     *
     * @return empty if there is no way now
     */
    Optional<WaysIn.Way> wayIn();
}
