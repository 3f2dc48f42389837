package io.iotdbmigrate.mysql;

import io.iotdbmigrate.model.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * A zone that compares the zone in which DATETIME columns are read with the server's own. A
 * DATETIME has no zone, so nobody can know it; but applications mostly write the server's.
 */
public final class ServerTimeZone {
    /** One moment each of winter and summer, to notice daylight saving. */
    private static final List<String> PROBES =
            List.of("2024-01-15 00:00:00", "2024-07-15 00:00:00");

    private ServerTimeZone() {}

    /**
     * @param dateTimes names of the mapped DATETIME columns, not empty
     */
    public static Finding check(Connection connection, ZoneId configured, List<String> dateTimes)
            throws SQLException {
        String columns =
                dateTimes.size() <= 3
                        ? String.join(", ", dateTimes)
                        : dateTimes.get(0) + " and " + (dateTimes.size() - 1) + " more";
        String reading = "DATETIME columns (" + columns + ") are read as " + configured;
        String server = name(connection);
        for (String probe : PROBES) {
            LocalDateTime utc = LocalDateTime.parse(probe.replace(' ', 'T'));
            int ours =
                    configured
                            .getRules()
                            .getOffset(utc.toInstant(ZoneOffset.UTC))
                            .getTotalSeconds();
            if (offsetSeconds(connection, probe) != ours) {
                return Finding.warning(
                        "MySQL time zone",
                        reading + ", while the server's own zone is " + server,
                        "set connections.mysql.time_zone to the zone in which the application"
                                + " wrote them; a wrong one shifts every row");
            }
        }
        return Finding.ok("MySQL time zone", reading + ", the server's own zone is " + server);
    }

    /** Returns the server's own zone, if its name or offset means the same here. */
    public static Optional<ZoneId> own(Connection connection) throws SQLException {
        ZoneId zone;
        try {
            zone = ZoneId.of(name(connection), ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        for (String probe : PROBES) {
            LocalDateTime utc = LocalDateTime.parse(probe.replace(' ', 'T'));
            int ours = zone.getRules().getOffset(utc.toInstant(ZoneOffset.UTC)).getTotalSeconds();
            if (offsetSeconds(connection, probe) != ours) {
                return Optional.empty();
            }
        }
        return Optional.of(zone);
    }

    private static String name(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT @@global.time_zone, @@global.system_time_zone")) {
            row.next();
            return row.getString(1).equals("SYSTEM") ? row.getString(2) : row.getString(1);
        }
    }

    private static long offsetSeconds(Connection connection, String utc) throws SQLException {
        String sql =
                "SELECT TIMESTAMPDIFF(SECOND, '"
                        + utc
                        + "', CONVERT_TZ('"
                        + utc
                        + "', '+00:00', @@global.time_zone))";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
