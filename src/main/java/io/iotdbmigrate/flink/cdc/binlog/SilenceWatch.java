package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A watch that notices that the binlog grows and nothing of it arrives. The server gives a sign of
 * life every 12 s; where it is away, the client connects again by itself. Not thread-safe.
 */
final class SilenceWatch {
    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();
    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

    private final Supplier<Optional<BinlogPosition>> head;
    private final LongSupplier nanoTime;
    private long lookedAt;
    private @Nullable BinlogPosition before;

    SilenceWatch(MySqlConfig mysql) {
        this(() -> head(mysql), System::nanoTime);
    }

    /**
     * @param head end of the binlog; empty while MySQL is away
     * @param nanoTime the clock
     */
    SilenceWatch(Supplier<Optional<BinlogPosition>> head, LongSupplier nanoTime) {
        this.head = head;
        this.nanoTime = nanoTime;
        this.lookedAt = nanoTime.getAsLong();
    }

    /**
     * Looks, if nothing has arrived for long.
     *
     * @param lastEvent by the same clock
     * @throws IOException if MySQL goes on writing meanwhile
     */
    void look(long lastEvent) throws IOException {
        long now = nanoTime.getAsLong();
        if (now - lastEvent < PATIENCE) {
            before = null;
            return;
        }
        if (now - lookedAt < INTERVAL) {
            return;
        }
        lookedAt = now;
        BinlogPosition end = head.get().orElse(null);
        if (end != null && before != null && !end.equals(before)) {
            throw new IOException(
                    "MySQL's binlog grows, and nothing of it has arrived for "
                            + Duration.ofNanos(now - lastEvent).toSeconds()
                            + " s");
        }
        before = before == null ? end : before;
    }

    private static Optional<BinlogPosition> head(MySqlConfig mysql) {
        try (BinlogServer server = new BinlogServer(mysql)) {
            return Optional.of(server.head());
        } catch (UserException e) {
            return Optional.empty();
        }
    }
}
