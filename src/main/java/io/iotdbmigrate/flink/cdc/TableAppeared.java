package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;

/**
 * A statement in the binlog by which a table comes to match a pattern, and which the replication
 * has not followed so far. Nothing behind it has passed.
 */
public final class TableAppeared extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final TableId table;

    /**
     * @param sql the statement
     * @param place where it stands
     * @param pattern that the table matches
     */
    public TableAppeared(String sql, Object place, TableId table, String pattern) {
        super(
                "the statement \""
                        + sql.strip().replaceAll("\\s+", " ")
                        + "\" at "
                        + place
                        + " brings "
                        + table
                        + ", which matches tables: "
                        + pattern);
        this.table = table;
    }

    TableId table() {
        return table;
    }

    /**
     * Returns the sentence with which a replication ends that cannot follow the table.
     *
     * @param why it cannot, with what to do
     */
    UserException stop(String why) {
        return new UserException(
                ExitCode.JOB_FAILED, getMessage() + why + "; nothing behind it was applied");
    }
}
