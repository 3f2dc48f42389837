package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tables that come and go in the binlog behind a place. */
public final class CreatedTables {
    private final BinlogServer server;
    private final String file;
    private final long offset;

    /**
     * @param file of the place
     * @param offset of an event in it
     */
    public CreatedTables(BinlogServer server, String file, long offset) {
        this.server = server;
        this.file = file;
        this.offset = offset;
    }

    /**
     * Tells whether a table was created behind the place: then all its rows are in the binlog. One
     * that was created {@code IF NOT EXISTS} counts if MySQL has it since then.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 4, if MySQL does not say
     */
    public boolean isCreated(TableId table) {
        return switch (server.ask(() -> tail(table).creation(file, offset))) {
            case SURE -> true;
            case NONE -> false;
            case IF_MISSING -> isYoung(table);
        };
    }

    /**
     * Returns the statement behind the place that drops a table or takes its name, and where it
     * stands; empty if there is none.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 4, if MySQL does not say
     */
    public Optional<String> taken(TableId table) {
        return server.ask(() -> tail(table).taken(file, offset));
    }

    private BinlogTail tail(TableId table) {
        return new BinlogTail(server.connection(), List.of(table));
    }

    /** Tells whether MySQL made the table when the binlog was behind the place already. */
    private boolean isYoung(TableId table) {
        Optional<Instant> made = server.ask(() -> made(table));
        if (made.isEmpty()) {
            return false;
        }
        // The end of its second, as MySQL tells whole ones, and a transaction may end in the same.
        BinlogPosition then = server.history().firstAt(made.get().plusSeconds(1));
        int files = ChangePosition.compareFiles(then.file(), file);
        return files > 0 || (files == 0 && then.offset() >= offset);
    }

    private Optional<Instant> made(TableId table) throws SQLException {
        String sql =
                "SELECT UNIX_TIMESTAMP(create_time) FROM information_schema.tables"
                        + " WHERE table_schema = ? AND table_name = ?";
        try (PreparedStatement statement = server.connection().prepareStatement(sql)) {
            statement.setString(1, table.database());
            statement.setString(2, table.table());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getObject(1) != null
                        ? Optional.of(Instant.ofEpochSecond(row.getLong(1)))
                        : Optional.empty();
            }
        }
    }
}
