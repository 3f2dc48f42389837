package io.iotdbmigrate.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that writes to the measured table as fast as it is told, one row a statement: of
 * twenty, sixteen insert, three update a value of any row, and one deletes one. While MySQL takes
 * no writes it tries again.
 */
final class Load implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int ACCESS = 1290;

    private final Readings readings;
    private final int perSecond;
    private final AtomicLong statements = new AtomicLong();
    private final List<FutureTask<Boolean>> writers = new ArrayList<>();
    private volatile boolean stop;

    private Load(Readings readings, int perSecond) {
        this.readings = readings;
        this.perSecond = perSecond;
    }

    /**
     * Begins.
     *
     * @param perSecond statements; 0 for none
     */
    static Load start(Readings readings, int perSecond) {
        Load load = new Load(readings, perSecond);
        for (int i = 0; perSecond > 0 && i < CONNECTIONS; i++) {
            int number = i;
            FutureTask<Boolean> writer = new FutureTask<>(() -> load.write(number));
            load.writers.add(writer);
            Thread thread = new Thread(writer, "load " + i);
            thread.setDaemon(true);
            thread.start();
        }
        return load;
    }

    /** Statements that MySQL took so far. */
    long statements() {
        return statements.get();
    }

    private boolean write(int number) throws SQLException {
        Random random = new Random(number);
        long begun = System.nanoTime();
        long done = 0;
        try (Connection connection = BenchMysql.open(false);
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO "
                                        + readings.table()
                                        + " (device_id, ts, temperature, cycles) VALUES (?,"
                                        + " TIMESTAMPADD(MICROSECOND, ? * 1000, '2025-01-01'), ?,"
                                        + " ?)");
                PreparedStatement update =
                        connection.prepareStatement(
                                "UPDATE "
                                        + readings.table()
                                        + " SET temperature = ? WHERE id = ?");
                PreparedStatement delete =
                        connection.prepareStatement(
                                "DELETE FROM " + readings.table() + " WHERE id = ?")) {
            while (!stop) {
                int kind = random.nextInt(20);
                long id = 1 + random.nextLong(readings.rows());
                PreparedStatement next;
                if (kind < 16) {
                    next = insert;
                    next.setInt(1, random.nextInt(readings.devices()));
                    next.setLong(2, done * CONNECTIONS + number);
                    next.setDouble(3, random.nextDouble());
                    next.setLong(4, done);
                } else if (kind < 19) {
                    next = update;
                    next.setDouble(1, random.nextDouble());
                    next.setLong(2, id);
                } else {
                    next = delete;
                    next.setLong(1, id);
                }
                if (execute(next)) {
                    statements.incrementAndGet();
                }
                done++;
                long due = begun + done * SECOND_NANOS * CONNECTIONS / perSecond;
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
        return true;
    }

    private static boolean execute(PreparedStatement statement) throws SQLException {
        try {
            statement.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() != ACCESS) {
                throw e;
            }
            return false;
        }
    }

    /** Waits for the last statement of each connection. */
    @Override
    public void close() throws ExecutionException, InterruptedException {
        stop = true;
        for (FutureTask<Boolean> writer : writers) {
            writer.get();
        }
    }
}
