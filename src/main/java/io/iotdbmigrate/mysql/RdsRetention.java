package io.iotdbmigrate.mysql;

import io.iotdbmigrate.model.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long Amazon RDS and Aurora keep their binlogs. They purge by a setting of their own, and not
 * by {@code binlog_expire_logs_seconds}.
 *
 * @param hours empty: a file is purged as soon as the service itself needs it no longer
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-configuring.html">
 *     mysql.rds_set_configuration</a>
 */
public record RdsRetention(OptionalLong hours) {
    private static final long DAY = 24;
    private static final String REMEDY =
            "run CALL mysql.rds_set_configuration('binlog retention hours', 168) (a week)";

    /** Reads the setting; empty where there is none, or where the user may not read it. */
    public static Optional<RdsRetention> read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery(
                            "SELECT COUNT(*) FROM information_schema.tables"
                                    + " WHERE table_schema = 'mysql'"
                                    + " AND table_name = 'rds_configuration'")) {
                row.next();
                if (row.getInt(1) == 0) {
                    return Optional.empty();
                }
            }
            try (ResultSet row =
                    statement.executeQuery(
                            "SELECT value FROM mysql.rds_configuration"
                                    + " WHERE name = 'binlog retention hours'")) {
                String value = row.next() ? row.getString(1) : null;
                return Optional.of(
                        new RdsRetention(
                                value == null
                                        ? OptionalLong.empty()
                                        : OptionalLong.of(Long.parseLong(value.strip()))));
            }
        }
    }

    /** Tells what it means for a migration. */
    Finding finding(String subject) {
        if (hours.isEmpty()) {
            return Finding.warning(
                    subject,
                    "is purged by RDS as soon as RDS itself needs it no longer; a backfill or a cdc"
                            + " that stands still cannot be continued",
                    REMEDY);
        }
        return hours.getAsLong() < DAY
                ? Finding.warning(
                        subject,
                        "is kept by RDS for "
                                + hours.getAsLong()
                                + " hours only; a backfill that takes longer, or a cdc that stands"
                                + " still for longer, cannot be continued",
                        REMEDY)
                : Finding.ok(subject, "is kept by RDS for " + hours.getAsLong() + " hours");
    }
}
