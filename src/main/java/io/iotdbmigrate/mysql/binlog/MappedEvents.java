package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.cutover.Binlog;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.ServerName;
import io.iotdbmigrate.mysql.gate.GateConnections;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The binlog as a cutover looks at it, over connections of its own. Meant for the little that is
 * written after a pause: it lists all events behind the position.
 */
public final class MappedEvents implements Binlog {
    private final GateConnections connections;
    private final CountedTables tables;

    /**
     * @param tables mapped ones
     */
    public MappedEvents(MySqlConfig config, String migration, CountedTables tables) {
        this.connections = new GateConnections(config, migration);
        this.tables = tables;
    }

    @Override
    public BinlogPosition position() throws SQLException {
        try (Connection connection = connections.open()) {
            return BinlogPositions.current(connection)
                    .orElseThrow(
                            () ->
                                    new UserException(
                                            ExitCode.MYSQL,
                                            ServerName.at(connections.config())
                                                    + " writes no binlog; start mysqld with"
                                                    + " --log-bin"));
        }
    }

    @Override
    public long mappedEventsAfter(BinlogPosition position) throws SQLException, IOException {
        MySqlConfig config = connections.config();
        try (Connection connection = connections.open();
                BinlogServer server = new BinlogServer(config)) {
            ForeignStatements statements =
                    new ForeignStatements(
                            config,
                            connection,
                            () -> server.serverId(null).first(),
                            tables.named());
            return new BinlogTail(connection, tables).from(position, statements);
        }
    }
}
