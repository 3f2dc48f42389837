package io.iotdbmigrate.mysql;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.UserException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/** The oldest row that MySQL has. */
public final class OldestRow {
    private OldestRow() {}

    /**
     * Returns its time, as IoTDB has it; the largest number if no table has a row.
     *
     * @param mappings tables to look at; each needs a scan, unless an index begins with its time
     * @throws UserException exit code 4, if MySQL does not answer
     */
    public static long time(MySqlConfig mysql, List<TableMapping> mappings) {
        long oldest = Long.MAX_VALUE;
        try (Connection connection = MySqlConnections.open(mysql);
                Statement statement = connection.createStatement()) {
            for (TableMapping mapping : mappings) {
                String column = SqlName.quote(mapping.columns().get(mapping.timeColumn()).name());
                try (ResultSet row =
                        statement.executeQuery(
                                "SELECT CAST(MIN("
                                        + column
                                        + ") AS CHAR) FROM "
                                        + mapping.table().quoted())) {
                    row.next();
                    Instant time = OldestTime.of(mapping, row.getString(1));
                    if (time != null) {
                        oldest = Math.min(oldest, OldestTime.ofIotdb(mapping, time));
                    }
                }
            }
            return oldest;
        } catch (SQLException e) {
            throw new UserException(
                    ExitCode.MYSQL,
                    "MySQL at "
                            + mysql.address()
                            + " does not say which row is the oldest ("
                            + e.getMessage()
                            + "); see its error log, then try again",
                    e);
        }
    }
}
