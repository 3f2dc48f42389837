package io.iotdbmigrate.flink.cdc.apply;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/** Time that goes on when it is told to; what is due then is done on that thread. */
final class ManualClock implements ProcessingTimeService {
    private final List<Timer> timers = new ArrayList<>();
    private long now;

    @Override
    public long getCurrentProcessingTime() {
        return now;
    }

    @Override
    public ScheduledFuture<?> registerTimer(long at, ProcessingTimeCallback callback) {
        Timer timer = new Timer(at, callback);
        timers.add(timer);
        return timer;
    }

    void advance(long millis) throws IOException, InterruptedException {
        long until = now + millis;
        while (true) {
            Timer next =
                    timers.stream()
                            .filter(timer -> timer.at <= until && !timer.isCancelled())
                            .min(Timer::compareTo)
                            .orElse(null);
            if (next == null) {
                now = until;
                return;
            }
            timers.remove(next);
            now = Math.max(now, next.at);
            try {
                next.callback.onProcessingTime(now);
            } catch (IOException | InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final class Timer extends FutureTask<Boolean> implements ScheduledFuture<Boolean> {
        private final long at;
        private final ProcessingTimeCallback callback;

        Timer(long at, ProcessingTimeCallback callback) {
            super(() -> true);
            this.at = at;
            this.callback = callback;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - now, TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(
                    getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
        }
    }
}
