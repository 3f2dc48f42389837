package io.iotdbmigrate.random;

import io.iotdbmigrate.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * Performs a script in a thread of its own. Where MySQL goes away it connects anew and finds out
 * whether its last unit was done, so that each is done once. What MySQL refuses for a key that is
 * there already is passed over.
 */
final class Application implements AutoCloseable {
    private static final int DUPLICATE_ENTRY = 1062;
    private static final int SERVER_SHUTDOWN = 1053;
    private static final int UNKNOWN_ERROR = 1105;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final TestDatabase database;
    private final List<Unit> script;
    private final int perSecond;
    private final int burst;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean stop;

    private Application(TestDatabase database, List<Unit> script, int perSecond, int burst) {
        this.database = database;
        this.script = script;
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /**
     * Creates the tables and begins.
     *
     * @param perSecond units
     * @param burst so many units come at once
     */
    static Application start(TestDatabase database, List<Unit> script, int perSecond, int burst)
            throws SQLException {
        database.execute(Schema.createTables().toArray(String[]::new));
        Application application = new Application(database, script, perSecond, burst);
        Thread thread = new Thread(application::run, "application of " + database.name());
        thread.setDaemon(true);
        thread.start();
        return application;
    }

    /** Writes all statements, one a line, so that a person can follow them. */
    static void print(List<Unit> script, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(
                file,
                script.stream()
                        .flatMap(unit -> unit.statements().stream())
                        .map(statement -> statement + ";")
                        .toList());
    }

    private void run() {
        long started = System.nanoTime();
        try {
            boolean again = false;
            while (done.get() < script.size() && !stop) {
                try (Connection connection = database.connection()) {
                    while (done.get() < script.size() && !stop) {
                        int next = done.get();
                        long due = (long) (next / burst) * burst * SECOND_NANOS / perSecond;
                        LockSupport.parkNanos(started + due - System.nanoTime());
                        perform(script.get(next), connection, again);
                        again = false;
                        done.incrementAndGet();
                    }
                } catch (SQLException e) {
                    if (!isAway(e)) {
                        throw e;
                    }
                    again = true;
                    LockSupport.parkNanos(SECOND_NANOS / 5);
                }
            }
            end.complete(null);
        } catch (Throwable e) {
            end.completeExceptionally(e);
        }
    }

    /** Class 08 and the notice that the server shuts down. */
    private static boolean isAway(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08")
                || (state.equals("HY000") && e.getErrorCode() == UNKNOWN_ERROR)
                || e.getErrorCode() == SERVER_SHUTDOWN;
    }

    private static void perform(Unit unit, Connection connection, boolean again)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (again) {
                rollBackPrepared(statement);
            }
            if (again && !unit.done().isEmpty()) {
                try (ResultSet row = statement.executeQuery(unit.done())) {
                    if (row.next()) {
                        return;
                    }
                }
            }
            for (String sql : unit.statements()) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    if (e.getErrorCode() != DUPLICATE_ENTRY) {
                        throw new SQLException(
                                e.getMessage() + ": " + sql, e.getSQLState(), e.getErrorCode(), e);
                    }
                }
            }
        }
    }

    /** What a lost connection left prepared is begun anew. */
    private static void rollBackPrepared(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("XA RECOVER")) {
            while (row.next()) {
                names.add(row.getString("data"));
            }
        }
        for (String name : names) {
            if (name.startsWith(UnitKind.XA_NAME)) {
                statement.execute("XA ROLLBACK '" + name + "'");
            }
        }
    }

    /** Waits until so many units are done. */
    void awaitDone(int units) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> end.isDone() || done.get() >= units);
        if (end.isCompletedExceptionally()) {
            end.join();
        }
    }

    /** Waits until all are done. */
    void awaitEnd() throws Exception {
        end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        stop = true;
        awaitEnd();
    }
}
