package io.iotdbmigrate.iotdb;

import static java.util.Objects.requireNonNull;

import io.iotdbmigrate.config.IotdbConfig;
import io.iotdbmigrate.config.SinkConfig;
import io.iotdbmigrate.model.AwayException;
import io.iotdbmigrate.model.Causes;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that is opened anew when it is lost, and requests that are repeated while the server is
 * busy or away: after 0.2 s, 0.4 s, ... at most 10 s apart, as often as {@code sink.retries} says.
 * Not thread-safe, but for {@link #waitingMillis}.
 */
public final class Retries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    /**
     * The next session's pages have so many times fewer rows: a page that is longer than the client
     * takes looks just like a lost connection.
     */
    private static final int FEWER_ROWS = 8;

    /**
     * A DataNode that is being stopped says that it is read-only, and is gone a moment later. One
     * that says so for longer than these tries take, 6 s, is.
     */
    private static final int SHUTDOWN_TRIES = 5;

    private final IotdbConfig config;
    private final int retries;

    /** A server that says nothing for so long is away; null: it may be busy. */
    private final @Nullable Duration patience;

    private final Consumer<String> onRetry;
    private @Nullable OpenSession session;
    private @Nullable FrameLimit frame;
    private int fetchRows = IotdbSessions.FETCH_ROWS;
    private long losses;
    private volatile @Nullable Long begun;

    /**
     * @param onRetry told about the first failed try of a request, for the log
     */
    public Retries(IotdbConfig config, int retries, Consumer<String> onRetry) {
        this(config, retries, null, onRetry);
    }

    private Retries(
            IotdbConfig config,
            int retries,
            @Nullable Duration patience,
            Consumer<String> onRetry) {
        this.config = config;
        this.retries = retries;
        this.patience = patience;
        this.onRetry = onRetry;
    }

    /**
     * Creates one for small questions whose answers a person waits for.
     *
     * @param patience a server that says nothing for so long is away, and is not asked again
     */
    public static Retries brief(
            IotdbConfig config, int retries, Duration patience, Consumer<String> onRetry) {
        return new Retries(config, retries, patience, onRetry);
    }

    /** Creates one that tries as often as the config says, and logs what made it try again. */
    public static Retries of(IotdbConfig config, SinkConfig sink) {
        return new Retries(config, sink.retries(), LOG::warn);
    }

    /** A request; it must be safe to repeat. */
    @FunctionalInterface
    public interface Request<T> {
        T send(Session session) throws IoTDBConnectionException, StatementExecutionException;
    }

    /** A request without an answer. */
    @FunctionalInterface
    public interface Command {
        void send(Session session) throws IoTDBConnectionException, StatementExecutionException;
    }

    public void run(Command command) throws IOException, StatementExecutionException {
        call(
                s -> {
                    command.send(s);
                    return true;
                });
    }

    /**
     * Sends a request until it succeeds.
     *
     * @throws StatementExecutionException if the server refuses the request itself
     * @throws UserException exit code 5, if the server stays read-only or refuses the login
     * @throws AwayException if it was still busy or away after the last try
     */
    public <T> T call(Request<T> request) throws IOException, StatementExecutionException {
        begun = System.nanoTime();
        try {
            return repeat(request);
        } finally {
            begun = null;
        }
    }

    private <T> T repeat(Request<T> request) throws IOException, StatementExecutionException {
        long first = System.nanoTime();
        for (int attempt = 0; ; attempt++) {
            Exception failure;
            try {
                if (session == null) {
                    session = open();
                }
                return request.send(session);
            } catch (IoTDBConnectionException | NullPointerException e) {
                // Client 2.0.5 runs into the latter when the server goes away while it asks.
                losses++;
                if (session != null) {
                    fetchRows = Math.max(1, fetchRows / FEWER_ROWS);
                }
                close();
                failure = e;
            } catch (StatementExecutionException e) {
                ServerAnswer answer = ServerAnswer.of(e);
                boolean readOnly = answer == ServerAnswer.READ_ONLY || isReadOnly();
                if (answer == ServerAnswer.REFUSED && !readOnly) {
                    throw e;
                }
                if (readOnly && attempt >= Math.min(retries, SHUTDOWN_TRIES)) {
                    throw readOnly(e);
                }
                failure = e;
            }
            boolean silent = patience != null && System.nanoTime() - first >= patience.toNanos();
            if (attempt >= retries || silent) {
                throw new AwayException(
                        ExitCode.IOTDB,
                        "IoTDB at "
                                + config.address()
                                + " did not take a request in "
                                + (attempt + 1)
                                + (attempt == 0 ? " try (" : " tries (")
                                + Causes.message(failure)
                                + "); see that it runs, then start again",
                        failure);
            }
            if (attempt == 0) {
                onRetry.accept("IoTDB is busy or away (" + Causes.message(failure) + "), retrying");
            }
            pause(attempt);
        }
    }

    /**
     * Opens a session.
     *
     * @throws UserException exit code 5, if the login is refused: trying it again locks accounts
     */
    private OpenSession open() throws IoTDBConnectionException {
        try {
            return IotdbSessions.open(
                    config, fetchRows, patience == null ? IotdbSessions.SILENCE : patience);
        } catch (IoTDBConnectionException e) {
            if (IotdbSessions.isRefused(e)) {
                throw IotdbSessions.explain(config, e);
            }
            throw e;
        }
    }

    /** Returns how long a request may be. Asked once for each session. */
    public FrameLimit frame() throws IOException, StatementExecutionException {
        FrameLimit known = frame;
        if (known == null) {
            known = call(s -> FrameLimit.of(requireNonNull(session).properties()));
            frame = known;
        }
        return known;
    }

    /** Returns where it connects to. */
    public IotdbConfig config() {
        return config;
    }

    /**
     * Returns for how many milliseconds a request has waited for its answer, with all its tries; 0
     * while there is none. For any thread: behind a network that is cut, the one that sent it hears
     * nothing for minutes.
     */
    public long waitingMillis() {
        Long since = begun;
        return since == null ? 0 : (System.nanoTime() - since) / 1_000_000;
    }

    /** Returns how often the connection was lost, or could not be opened, so far. */
    public long losses() {
        return losses;
    }

    /**
     * Asks whether the server takes no writes at all. Where one has to make a region for them, it
     * does not say so: it says that it has none, or too few DataNodes.
     */
    private boolean isReadOnly() {
        try {
            return session != null && session.properties().isIsReadOnly();
        } catch (IoTDBConnectionException e) {
            LOG.info("IoTDB does not say whether it is read-only", e);
            return false;
        }
    }

    private UserException readOnly(StatementExecutionException e) {
        return new UserException(
                ExitCode.IOTDB,
                "IoTDB at "
                        + config.address()
                        + " does not accept writes ("
                        + Causes.message(e)
                        + "); free its disk, run SET SYSTEM TO RUNNING, then start again: nothing"
                        + " is lost",
                e);
    }

    private static void pause(int attempt) throws InterruptedIOException {
        try {
            Thread.sleep(
                    Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt, 10)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for IoTDB");
        }
    }

    @Override
    public void close() {
        if (session != null) {
            try {
                session.close();
            } catch (IoTDBConnectionException e) {
                // The connection is gone already, which is all that closing is for.
                session = null;
            }
            session = null;
        }
        frame = null;
    }
}
