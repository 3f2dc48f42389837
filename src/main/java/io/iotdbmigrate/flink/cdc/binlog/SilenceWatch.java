package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.BinlogServer;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A watch that notices that the binlog grows and nothing of it arrives. The server gives a sign of
 * life every 12 s; where it is away, the client connects again by itself. Not thread-safe.
 */
final class SilenceWatch {
    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();
    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

    private final MySqlConfig mysql;
    private long lookedAt = System.nanoTime();
    private @Nullable BinlogPosition before;

    SilenceWatch(MySqlConfig mysql) {
        this.mysql = mysql;
    }

    /**
     * Looks, if nothing has arrived for long.
     *
     * @param lastEvent by the clock of {@link System#nanoTime}
     * @throws IOException if MySQL goes on writing meanwhile
     */
    void look(long lastEvent) throws IOException {
        long now = System.nanoTime();
        if (now - lastEvent < PATIENCE) {
            before = null;
            return;
        }
        if (now - lookedAt < INTERVAL) {
            return;
        }
        lookedAt = now;
        BinlogPosition head = head();
        if (head != null && before != null && !head.equals(before)) {
            throw new IOException(
                    "MySQL's binlog grows, and nothing of it has arrived for "
                            + Duration.ofNanos(now - lastEvent).toSeconds()
                            + " s");
        }
        before = before == null ? head : before;
    }

    /** Returns the end of the binlog; null while MySQL is away. */
    private @Nullable BinlogPosition head() {
        try (BinlogServer server = new BinlogServer(mysql)) {
            return server.head();
        } catch (UserException e) {
            return null;
        }
    }
}
