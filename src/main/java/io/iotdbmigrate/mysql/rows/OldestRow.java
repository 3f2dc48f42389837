package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.ServerName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The oldest row that MySQL has, whether a filter takes it or not. */
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
        try (Connection connection = MySqlConnections.open(mysql)) {
            for (TableMapping mapping : mappings) {
                oldest = Math.min(oldest, time(connection, mapping));
            }
            return oldest;
        } catch (SQLException e) {
            throw new UserException(
                    ExitCode.MYSQL,
                    ServerName.at(mysql)
                            + " does not say which row is the oldest ("
                            + e.getMessage()
                            + "); see its error log, then try again",
                    e);
        }
    }

    private static long time(Connection connection, TableMapping mapping) throws SQLException {
        TimeSql time = new TimeSql(mapping);
        Optional<String> smallest = time.oldest();
        if (smallest.isEmpty()) {
            return TextTimes.read(connection, mapping, mapping.table().quoted()).oldest();
        }
        String text = text(connection, mapping, smallest.get());
        Instant found = OldestTime.of(mapping, text);
        if (found == null && text != null) {
            // The smallest is no time, such as a zero date.
            found = OldestTime.of(mapping, text(connection, mapping, "MIN(" + time.value() + ")"));
        }
        return found == null ? Long.MAX_VALUE : ofIotdb(mapping, found);
    }

    private static @Nullable String text(
            Connection connection, TableMapping mapping, String smallest) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT CAST("
                                        + smallest
                                        + " AS CHAR) FROM "
                                        + mapping.table().quoted())) {
            row.next();
            return row.getString(1);
        }
    }

    /** Returns a moment in the unit of IoTDB, what is shorter cut off. */
    static long ofIotdb(TableMapping mapping, Instant time) {
        try {
            long micros =
                    Math.addExact(
                            Math.multiplyExact(time.getEpochSecond(), 1_000_000L),
                            time.getNano() / 1_000);
            return mapping.precision().fromMicros(micros);
        } catch (ArithmeticException e) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
