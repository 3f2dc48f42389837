package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.ServerName;
import io.iotdbmigrate.mysql.rows.RangePartitions.Range;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times of a table's rows, filtered or not, as MySQL has them now.
 *
 * @param range in the unit of IoTDB, a little wider than the times; empty if no row has one
 */
public record TableTimes(Optional<Range> range) {
    /** What is cut off of a time. */
    private static final Duration ROUNDED = Duration.ofMillis(1);

    /** Clocks are not changed by more. */
    private static final Duration CLOCK_CHANGE = Duration.ofHours(3);

    /**
     * Reads them. Needs a scan of the table, unless an index begins with its time.
     *
     * @return empty if there is no such table
     * @throws UserException exit code 4, if MySQL does not answer
     */
    public static Optional<TableTimes> read(MySqlConfig mysql, TableMapping mapping) {
        try (Connection connection = MySqlConnections.open(mysql)) {
            return Optional.of(new TableTimes(range(connection, mapping)));
        } catch (SQLException e) {
            if (TableFailure.isGone(e)) {
                return Optional.empty();
            }
            throw new UserException(
                    ExitCode.MYSQL,
                    ServerName.at(mysql)
                            + " does not say which times the rows of "
                            + mapping.table()
                            + " have ("
                            + e.getMessage()
                            + "); see its error log, then try again",
                    e);
        }
    }

    private static Optional<Range> range(Connection connection, TableMapping mapping)
            throws SQLException {
        TimeSql time = new TimeSql(mapping);
        if (time.isText()) {
            TextTimes texts = TextTimes.read(connection, mapping, mapping.table().quoted());
            return texts.oldest() > texts.newest()
                    ? Optional.empty()
                    : Optional.of(new Range(texts.oldest(), texts.newest()));
        }
        String[] plain = texts(connection, mapping, time.oldest().orElseThrow(), time.newest());
        if (plain[0] == null) {
            return Optional.empty();
        }
        Instant from = OldestTime.of(mapping, plain[0]);
        Instant last = OldestTime.of(mapping, plain[1]);
        if (from == null || last == null) {
            // An end is no time, such as a zero date.
            String value = time.value();
            String[] all = texts(connection, mapping, "MIN(" + value + ")", "MAX(" + value + ")");
            if (all[0] == null) {
                return Optional.empty();
            }
            from = OldestTime.of(mapping, all[0]);
            last = OldestTime.of(mapping, all[1]);
        }
        boolean clocksChange = time.isDated() && !mapping.zone().getRules().isFixedOffset();
        Duration wider = clocksChange ? CLOCK_CHANGE : ROUNDED;
        return Optional.of(
                new Range(
                        from == null
                                ? Long.MIN_VALUE
                                : OldestRow.ofIotdb(mapping, from.minus(wider)),
                        last == null
                                ? Long.MAX_VALUE
                                : OldestRow.ofIotdb(mapping, last.plus(wider))));
    }

    private static @Nullable String[] texts(
            Connection connection, TableMapping mapping, String smallest, String greatest)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT CAST("
                                        + smallest
                                        + " AS CHAR), CAST("
                                        + greatest
                                        + " AS CHAR) FROM "
                                        + mapping.table().quoted())) {
            row.next();
            return new String[] {row.getString(1), row.getString(2)};
        }
    }
}
