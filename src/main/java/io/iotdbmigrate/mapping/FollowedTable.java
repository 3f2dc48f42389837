package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TableId;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** A table whose changes a replication follows: one that is mapped, or one that is looked into. */
public sealed interface FollowedTable extends Serializable permits TableMapping, LookupColumn {
    TableId table();

    /** Returns the columns that are read. */
    List<Column> columns();

    OnPartitionDrop onPartitionDrop();

    /**
     * Tells whether IoTDB is to lose the rows of the table when MySQL drops or truncates it: one of
     * many, and no row of the others is kept that MySQL has deleted.
     */
    boolean followsEmptied();

    /** Tells whether each of its columns is to be followed, those too that are added. */
    boolean everyColumn();

    /** Returns the pattern by which another table would be followed alike; empty if none would. */
    Optional<String> patternOf(TableId other);
}
