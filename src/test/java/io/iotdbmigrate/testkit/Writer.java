package io.iotdbmigrate.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that keeps writing: inserts, updates of values to and from null, moves to another
 * device or time, and deletions, one statement each, about as many a second as it is told. Where
 * MySQL is away it connects anew. The same seed gives the same kind of statements.
 */
public final class Writer implements AutoCloseable {
    private static final int DEVICES = 40;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final TestDatabase database;
    private final int perSecond;
    private final Random random = new Random(7);
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private volatile boolean stop;
    private long statements;
    private long nextTime;

    private Writer(TestDatabase database, int perSecond) {
        this.database = database;
        this.perSecond = perSecond;
    }

    /** Creates table {@code w} with some rows and begins to write to it. */
    public static Writer start(TestDatabase database, int perSecond) throws SQLException {
        database.execute(
                "DROP TABLE IF EXISTS w",
                "CREATE TABLE w (id INT AUTO_INCREMENT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT"
                        + " NULL, v DOUBLE, note VARCHAR(20), UNIQUE (dev, ts))");
        Writer writer = new Writer(database, perSecond);
        Thread thread = new Thread(writer::run, "writer of " + database.name());
        thread.setDaemon(true);
        thread.start();
        return writer;
    }

    /** The mapping of what it writes, for {@link Migration}. */
    public static String mapping() {
        return """
        - table: w
          device_field: dev
          timestamp_field: ts
          timestamp_unit: ms
          device_template: DB.w{dev}
          measurements: [{name: v}, {name: note}]
        """;
    }

    private void run() {
        long started = System.nanoTime();
        try {
            while (!stop) {
                try (Connection connection = database.connection()) {
                    while (!stop) {
                        write(connection);
                        statements++;
                        long due = started + statements * SECOND_NANOS / perSecond;
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                } catch (SQLException e) {
                    // MySQL is away or back: what it has not confirmed is not counted.
                    LockSupport.parkNanos(SECOND_NANOS / 5);
                }
            }
            done.complete(statements);
        } catch (Throwable e) {
            done.completeExceptionally(e);
        }
    }

    private void write(Connection connection) throws SQLException {
        int kind = random.nextInt(10);
        String sql =
                kind < 5
                        ? "INSERT INTO w (dev, ts, v, note) VALUES (?, ?, ?, ?)"
                        : kind < 7
                                ? "UPDATE w SET v = ?, note = ? WHERE id = ?"
                                : kind == 7
                                        ? "UPDATE w SET dev = ?, ts = ? WHERE id = ?"
                                        : "DELETE FROM w WHERE id = ?";
        int known = 1 + random.nextInt((int) Math.max(1, nextTime));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (kind < 5) {
                statement.setInt(1, random.nextInt(DEVICES));
                statement.setLong(2, ++nextTime);
                values(statement, 3);
            } else if (kind < 7) {
                values(statement, 1);
                statement.setInt(3, known);
            } else if (kind == 7) {
                statement.setInt(1, random.nextInt(DEVICES));
                statement.setLong(2, ++nextTime);
                statement.setInt(3, known);
            } else {
                statement.setInt(1, known);
            }
            statement.executeUpdate();
        }
    }

    private void values(PreparedStatement statement, int at) throws SQLException {
        statement.setObject(at, random.nextInt(4) == 0 ? null : random.nextDouble());
        statement.setObject(at + 1, random.nextInt(4) == 0 ? null : "n" + random.nextInt(1000));
    }

    /** Stops and tells how many statements MySQL took. */
    public long stop() throws Exception {
        stop = true;
        return done.get(1, TimeUnit.MINUTES);
    }

    @Override
    public void close() throws Exception {
        stop();
    }
}
