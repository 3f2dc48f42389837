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
    private final Mix mix;
    private final Random random = new Random(7);
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private volatile boolean stop;
    private long statements;
    private long nextTime;

    /**
     * What it does how often.
     *
     * @param inserts of a hundred statements, as the others; what is left are deletions
     * @param moves to another device and time
     * @param valuesANull how many values there are for each null
     */
    private record Mix(int inserts, int updates, int moves, int valuesANull) {}

    private static final Mix CHANGING = new Mix(50, 20, 10, 4);

    /** IoTDB takes no more than some hundred deletions a second, one by one. */
    private static final Mix GROWING = new Mix(75, 23, 1, 50);

    private Writer(TestDatabase database, int perSecond, Mix mix) {
        this.database = database;
        this.perSecond = perSecond;
        this.mix = mix;
    }

    /** Creates table {@code w} and begins to write to it; a third of its statements takes away. */
    public static Writer start(TestDatabase database, int perSecond) throws SQLException {
        return start(database, perSecond, CHANGING);
    }

    /** The same, but few statements take something away, so that replication can keep up. */
    public static Writer startGrowing(TestDatabase database, int perSecond) throws SQLException {
        return start(database, perSecond, GROWING);
    }

    private static Writer start(TestDatabase database, int perSecond, Mix mix) throws SQLException {
        database.execute(
                "DROP TABLE IF EXISTS w",
                "CREATE TABLE w (id INT AUTO_INCREMENT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT"
                        + " NULL, v DOUBLE, note VARCHAR(20), UNIQUE (dev, ts))");
        Writer writer = new Writer(database, perSecond, mix);
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
        int kind = random.nextInt(100);
        boolean insert = kind < mix.inserts();
        boolean update = !insert && kind < mix.inserts() + mix.updates();
        boolean move = !insert && !update && kind < mix.inserts() + mix.updates() + mix.moves();
        String sql =
                insert
                        ? "INSERT INTO w (dev, ts, v, note) VALUES (?, ?, ?, ?)"
                        : update
                                ? "UPDATE w SET v = ?, note = ? WHERE id = ?"
                                : move
                                        ? "UPDATE w SET dev = ?, ts = ? WHERE id = ?"
                                        : "DELETE FROM w WHERE id = ?";
        int known = 1 + random.nextInt((int) Math.max(1, nextTime));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (insert) {
                statement.setInt(1, random.nextInt(DEVICES));
                statement.setLong(2, ++nextTime);
                values(statement, 3);
            } else if (update) {
                values(statement, 1);
                statement.setInt(3, known);
            } else if (move) {
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
        statement.setObject(
                at, random.nextInt(mix.valuesANull()) == 0 ? null : random.nextDouble());
        statement.setObject(
                at + 1, random.nextInt(mix.valuesANull()) == 0 ? null : "n" + random.nextInt(1000));
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
