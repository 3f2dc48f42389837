package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables that come and go in the binlog behind a place. */
public final class CreatedTables {
    private final BinlogServer server;
    private final BinlogPosition place;
    private final @Nullable ChangePosition change;

    private CreatedTables(
            BinlogServer server, BinlogPosition place, @Nullable ChangePosition change) {
        this.server = server;
        this.place = place;
        this.change = change;
    }

    /**
     * Looks from a position on that the binlog had as its end.
     *
     * @param place of this server
     */
    public static CreatedTables since(BinlogServer server, BinlogPosition place) {
        return new CreatedTables(server, place, null);
    }

    /**
     * Looks behind a change.
     *
     * @param change of this server
     */
    public static CreatedTables since(BinlogServer server, ChangePosition change) {
        return new CreatedTables(
                server, new BinlogPosition(change.file(), change.offset(), ""), change);
    }

    /** Spells the place. */
    public String place() {
        return place.toString();
    }

    /**
     * Tells whether a table was created behind the place: then all its rows are in the binlog. One
     * that was created {@code IF NOT EXISTS} counts if MySQL has it since then.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 4, if MySQL does not say
     */
    public boolean isCreated(TableId table) {
        return switch (server.ask(() -> statements(table).creation(place.file(), place.offset()))) {
            case SURE -> true;
            case NONE -> false;
            case IF_MISSING -> isYoung(table);
        };
    }

    /**
     * A statement that takes a table away.
     *
     * @param words the statement, and where it stands
     * @param drops whether it drops the table itself: not its database, and not its name alone
     * @param rows whether the binlog has rows of the table before it
     */
    public record Taken(String words, boolean drops, boolean rows) {}

    /**
     * Returns the first statement behind the place that drops a table or takes its name; empty if
     * there is none.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 4, if MySQL does not say
     */
    public Optional<Taken> taken(TableId table) {
        return server.ask(
                () -> {
                    Optional<TableStatements.Taken> found =
                            statements(table).taken(place.file(), place.offset());
                    if (found.isEmpty()) {
                        return Optional.empty();
                    }
                    TableStatements.Taken by = found.get();
                    return Optional.of(new Taken(by.words(), by.drops(), hasRows(table, by.at())));
                });
    }

    private boolean hasRows(TableId table, BinlogPosition before) throws SQLException, IOException {
        return change == null
                ? new BinlogTail(server.connection(), CountedTables.only(List.of(table)))
                        .anyRowsBetween(place, before)
                : server.lag().anyRowBetween(change, before, table);
    }

    private TableStatements statements(TableId table) {
        return new TableStatements(server.connection(), table);
    }

    /** Tells whether MySQL made the table when the binlog was behind the place already. */
    private boolean isYoung(TableId table) {
        Optional<Instant> made = server.ask(() -> made(table));
        if (made.isEmpty()) {
            return false;
        }
        // The end of its second, as MySQL tells whole ones, and a transaction may end in the same.
        BinlogPosition then = server.history().firstAt(made.get().plusSeconds(1));
        int files = ChangePosition.compareFiles(then.file(), place.file());
        return files > 0 || (files == 0 && then.offset() >= place.offset());
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
