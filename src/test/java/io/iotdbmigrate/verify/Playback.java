package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.BinlogPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replication that applies so many bytes in each pause; nothing waits for a clock. */
final class Playback implements Recheck.BinlogProgress {
    final List<Duration> pauses = new ArrayList<>();
    private final long perPause;
    private boolean running = true;
    private final long current;
    private long applied;

    Playback(long applied, long current, long perPause) {
        this.applied = applied;
        this.current = current;
        this.perPause = perPause;
    }

    static BinlogPosition at(long offset) {
        return new BinlogPosition("binlog.000001", offset, "");
    }

    /** No replication runs. */
    static Playback none() {
        Playback none = new Playback(0, 0, 0);
        none.running = false;
        return none;
    }

    @Override
    public boolean runs() {
        return running;
    }

    @Override
    public boolean hasApplied(BinlogPosition position) {
        return applied >= position.offset();
    }

    @Override
    public Optional<BinlogPosition> current() {
        return Optional.of(at(current));
    }

    @Override
    public void pause(Duration time) {
        pauses.add(time);
        applied = Math.min(current, applied + perPause);
    }

    /** All the time that was waited. */
    Duration waited() {
        return pauses.stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** The n-th of several answers, and the last one from then on. */
    static <T> @Nullable T answer(List<T> answers, int n) {
        return answers.isEmpty() ? null : answers.get(Math.min(n, answers.size() - 1));
    }
}
