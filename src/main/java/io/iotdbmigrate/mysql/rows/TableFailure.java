package io.iotdbmigrate.mysql.rows;

import java.sql.SQLException;
import java.util.Set;

/** A failure of a query for the lack of its table. */
public final class TableFailure {
    /** An unknown table, and an unknown database. */
    private static final Set<Integer> GONE = Set.of(1146, 1049);

    private TableFailure() {}

    /** Tells whether a query failed because the table is gone, by itself or with its database. */
    public static boolean isGone(SQLException failure) {
        return GONE.contains(failure.getErrorCode());
    }
}
