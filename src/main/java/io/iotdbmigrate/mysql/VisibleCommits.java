package io.iotdbmigrate.mysql;

import io.iotdbmigrate.model.Await;
import io.iotdbmigrate.model.AwayException;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A wait until a SELECT sees what the binlog has. A server writes a transaction to the binlog,
 * sends it to readers and counts it in its position first, and commits it then. In between it may
 * wait for a semi-synchronous replica, 10 s by default if that is away, or for {@code
 * binlog_group_commit_sync_delay}.
 */
public final class VisibleCommits {
    private static final Duration POLL = Duration.ofMillis(10);

    /** What a write of the binlog to the disk takes, and a commit behind it, if nothing stalls. */
    private static final Duration WRITING = Duration.ofMillis(100);

    /** A writer that waits for longer is held up by something that a person has to know of. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** A number of a transaction and the session that commits it. */
    private static final Pattern OWNED = Pattern.compile("\\d+#\\d+");

    private VisibleCommits() {}

    /**
     * Waits until all is visible that the binlog has now. What is written meanwhile is not waited
     * for.
     *
     * <p>MySQL without GTIDs does not tell which transactions are visible. There it waits for those
     * that wait for a replica, then for the delay, but not for the disk alone.
     *
     * @param connection of a user that may ask where the binlog ends
     * @throws AwayException if something is not visible after a minute
     * @throws InterruptedIOException if the thread is interrupted
     */
    public static void await(Connection connection) throws SQLException, IOException {
        await(connection, LIMIT);
    }

    /**
     * Waits for another time than a minute.
     *
     * @throws AwayException if something is not visible then
     */
    public static void await(Connection connection, Duration limit)
            throws SQLException, IOException {
        try {
            if (!isVisible(connection, limit)) {
                throw new AwayException(
                        ExitCode.MYSQL,
                        "a change stands in the server's binlog, and no query sees it after "
                                + limit.toSeconds()
                                + " s: its commit waits, as for a semi-synchronous replica that is"
                                + " away; see SHOW PROCESSLIST, then start again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the server committed a change");
        }
    }

    private static boolean isVisible(Connection connection, Duration limit)
            throws SQLException, InterruptedException {
        if (!Dialect.of(connection).hasGtidSets()) {
            return isSnapshotThere(connection, limit);
        }
        List<String> settings =
                first(
                        connection,
                        "SELECT @@GLOBAL.gtid_mode, @@GLOBAL.binlog_group_commit_sync_delay");
        if (settings.get(0).equals("ON")) {
            return isOwnedNoMore(connection, limit);
        }
        boolean released = isReleased(connection, limit);
        long micros = Long.parseLong(settings.get(1));
        if (released && micros > 0) {
            Thread.sleep(Duration.ofNanos(micros * 1_000).plus(WRITING).toMillis());
        }
        return released;
    }

    /**
     * Waits for the GTIDs that transactions of this server have taken: a session owns one from when
     * it writes the binlog until its commit is visible. Those that it has received it owns for
     * longer.
     */
    private static boolean isOwnedNoMore(Connection connection, Duration limit)
            throws SQLException, InterruptedException {
        Set<String> open = owned(connection);
        return Await.until(
                limit,
                POLL,
                () -> {
                    if (!open.isEmpty()) {
                        open.retainAll(owned(connection));
                    }
                    return open.isEmpty();
                });
    }

    private static Set<String> owned(Connection connection) throws SQLException {
        List<String> row = first(connection, "SELECT @@GLOBAL.server_uuid, @@GLOBAL.gtid_owned");
        Set<String> owned = new HashSet<>();
        for (String server : row.get(1).split(",", -1)) {
            if (server.strip().startsWith(row.get(0))) {
                OWNED.matcher(server).results().map(MatchResult::group).forEach(owned::add);
            }
        }
        return owned;
    }

    /** Waits until MariaDB's position of what is visible comes to where its binlog ends now. */
    private static boolean isSnapshotThere(Connection connection, Duration limit)
            throws SQLException, InterruptedException {
        List<String> end = first(connection, "SHOW MASTER STATUS");
        return end.isEmpty() || Await.until(limit, POLL, () -> isReached(end, connection));
    }

    private static boolean isReached(List<String> end, Connection connection) throws SQLException {
        String file = "";
        long offset = 0;
        for (List<String> variable : all(connection, "SHOW STATUS LIKE 'binlog_snapshot_%'")) {
            String name = variable.get(0).toLowerCase(Locale.ROOT);
            if (name.endsWith("_file")) {
                file = variable.get(1);
            } else if (name.endsWith("_position")) {
                offset = Long.parseLong(variable.get(1));
            }
        }
        int files = ChangePosition.compareFiles(file, end.get(0));
        return files > 0 || (files == 0 && offset >= Long.parseLong(end.get(1)));
    }

    /** Waits until the sessions are released that wait for a semi-synchronous replica now. */
    private static boolean isReleased(Connection connection, Duration limit)
            throws SQLException, InterruptedException {
        long[] before = waiting(connection);
        return Await.until(
                limit,
                POLL,
                () -> {
                    long[] now = waiting(connection);
                    return now[0] == 0 || now[1] - before[1] >= before[0];
                });
    }

    /** Returns how many sessions wait, and how many transactions have waited. */
    private static long[] waiting(Connection connection) throws SQLException {
        long[] waiting = new long[2];
        for (List<String> variable : all(connection, "SHOW STATUS LIKE 'Rpl_semi_sync_%'")) {
            String name = variable.get(0).toLowerCase(Locale.ROOT);
            if (name.endsWith("_wait_sessions")) {
                waiting[0] += Long.parseLong(variable.get(1));
            } else if (name.endsWith("_yes_tx") || name.endsWith("_no_tx")) {
                waiting[1] += Long.parseLong(variable.get(1));
            }
        }
        return waiting;
    }

    private static List<String> first(Connection connection, String sql) throws SQLException {
        List<List<String>> rows = all(connection, sql);
        return rows.isEmpty() ? List.of() : rows.get(0);
    }

    /** Returns the first two columns. */
    private static List<List<String>> all(Connection connection, String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(List.of(row.getString(1), row.getString(2)));
            }
        }
        return rows;
    }
}
