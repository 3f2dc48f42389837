package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.SchemaReader;
import io.iotdbmigrate.mysql.UnfollowedTables;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;

/** The properties that a server and its tables must have, so that its binlog can be followed. */
public final class BinlogRequirements {
    private final BinlogServer server;

    BinlogRequirements(BinlogServer server) {
        this.server = server;
    }

    /**
     * Makes sure that the connector sees what is written from now on.
     *
     * @throws UserException exit code 4, if transactions are compressed: it passes over such ones
     */
    public void requireUncompressed() {
        String sql = "SHOW GLOBAL VARIABLES LIKE 'binlog_transaction_compression'";
        boolean compressed =
                server.ask(
                        () -> {
                            try (Statement statement = server.connection().createStatement();
                                    ResultSet row = statement.executeQuery(sql)) {
                                return row.next() && row.getString(2).equals("ON");
                            }
                        });
        if (compressed) {
            throw new UserException(
                    ExitCode.MYSQL,
                    "binlog_transaction_compression is ON in "
                            + server.place()
                            + ", and changes in compressed transactions cannot be read; run SET"
                            + " PERSIST binlog_transaction_compression = OFF");
        }
    }

    /**
     * Makes sure that the connector can follow the tables.
     *
     * @throws UserException exit code 3, if one is a view, whose changes MySQL logs as those of its
     *     tables
     */
    public void requireNoView(List<TableId> tables) {
        for (TableId table : tables) {
            if (server.ask(() -> new SchemaReader(server.connection()).views(table.database()))
                    .contains(table.table())) {
                throw new UserException(
                        ExitCode.CONFIG,
                        table
                                + " is a view, which backfill can copy and cdc cannot follow: MySQL"
                                + " logs changes of its tables only; map those, and leave the view"
                                + " to a config of its own for backfill");
            }
        }
    }

    /**
     * Makes sure that the server logs all changes itself.
     *
     * @throws UserException exit code 4, if it is a replica that logs none of those it receives
     */
    public void requireOwnBinlog() {
        server.ask(() -> ReplicaUpdates.unlogged(server.connection()))
                .ifPresent(
                        variable -> {
                            throw new UserException(
                                    ExitCode.MYSQL,
                                    server.place()
                                            + " is a replica with "
                                            + variable
                                            + " = OFF, so its binlog has no change that comes from"
                                            + " its source; start it with "
                                            + variable
                                            + " = ON and copy the tables anew, or read the source"
                                            + " itself");
                        });
    }

    /**
     * Makes sure that the server logs changes of the tables.
     *
     * @throws UserException exit code 4, if an option leaves out their database
     */
    public void requireLogged(List<TableId> tables) {
        BinlogFilter filter = server.ask(() -> BinlogFilter.of(server.connection()));
        tables.stream()
                .filter(table -> !filter.logs(table.database()))
                .findFirst()
                .ifPresent(
                        table -> {
                            throw new UserException(
                                    ExitCode.MYSQL,
                                    server.place()
                                            + " logs no change of "
                                            + table
                                            + ": "
                                            + filter.words()
                                            + "; start it without that option, copy the tables as"
                                            + " they are then with iotdb-migrate backfill --restart,"
                                            + " then start cdc again");
                        });
    }

    /**
     * Makes sure that the binlog has rows of the tables that can be read.
     *
     * @param noted definitions from which the binlog is read, if they may be other ones than now
     * @throws UserException exit code 3, if it has not
     */
    public void requireReadableRows(List<TableId> tables, Collection<String> noted) {
        for (TableId table : tables) {
            server.ask(() -> UnfollowedTables.of(server.connection(), table)).stream()
                    .findFirst()
                    .ifPresent(
                            reason -> {
                                throw new UserException(
                                        ExitCode.CONFIG,
                                        "cdc cannot follow "
                                                + table
                                                + ": it "
                                                + reason.problem()
                                                + "; "
                                                + reason.remedy());
                            });
        }
        if (noted.stream().anyMatch(UnfollowedTables::isDefinedIn)) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "cdc cannot read what was written before a mapped table was altered: it had"
                            + " system versioning or a COMPRESSED column when it was copied; copy"
                            + " the tables anew with iotdb-migrate backfill --restart, then start"
                            + " cdc again");
        }
    }
}
