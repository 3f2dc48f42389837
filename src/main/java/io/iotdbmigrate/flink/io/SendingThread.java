package io.iotdbmigrate.flink.io;

import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The thread on which a writer speaks to IoTDB while its task goes on: one piece of work at a time.
 * What fails there surfaces in {@link #await}. For use by the task's thread alone, which sees what
 * the work has done once {@link #await} has returned.
 */
public final class SendingThread implements AutoCloseable {
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(r -> new Thread(r, "iotdb-sender"));
    private @Nullable Future<?> work;

    /** Something to be done there. */
    public interface Work {
        void run() throws IOException;
    }

    /** Tells whether nothing was begun, or {@link #await} would return or throw at once. */
    public boolean isIdle() {
        return work == null || work.isDone();
    }

    /** Waits for what was begun before, then begins this. */
    public void begin(Work next) throws IOException, InterruptedException {
        await();
        work =
                thread.submit(
                        () -> {
                            next.run();
                            return null;
                        });
    }

    /**
     * Waits until it is done.
     *
     * @throws UserException if nothing but a person can help
     */
    public void await() throws IOException, InterruptedException {
        if (work == null) {
            return;
        }
        try {
            work.get();
            work = null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UserException refused) {
                throw refused;
            }
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /**
     * Interrupts what is under way, and waits until it has let go: what it still wrote after that
     * would come between the writes of the task's next attempt.
     */
    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
}
