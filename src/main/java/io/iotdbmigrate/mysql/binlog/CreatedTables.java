package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.ServerName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The tables that the binlog creates: all their rows are in it. */
public final class CreatedTables {
    private CreatedTables() {}

    /**
     * Tells whether a table was created behind a place in the binlog.
     *
     * @param offset of an event
     * @throws UserException exit code 4, if MySQL does not say
     */
    public static boolean isCreatedBehind(
            MySqlConfig mysql, String file, long offset, TableId table) {
        try (Connection connection = MySqlConnections.open(mysql)) {
            return new BinlogTail(connection, List.of(table)).creates(file, offset);
        } catch (SQLException e) {
            throw new UserException(
                    ExitCode.MYSQL,
                    ServerName.at(mysql)
                            + " does not say what stands in its binlog behind "
                            + file
                            + ":"
                            + offset
                            + " ("
                            + e.getMessage()
                            + "); see its error log, then start again",
                    e);
        }
    }
}
