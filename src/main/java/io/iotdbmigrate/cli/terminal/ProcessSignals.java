package io.iotdbmigrate.cli.terminal;

import io.iotdbmigrate.model.ExitCode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The handlers that make SIGINT (Ctrl-C) and SIGTERM a request to stop. The second one ends the
 * process at once, and so does a job that has not stopped after a minute: the next run takes up its
 * last checkpoint.
 *
 * <p>A shutdown hook would not do: Flink's own hooks run beside it and delete what the last
 * checkpoint needs.
 */
public final class ProcessSignals implements StopSignal {
    private static final List<String> NAMES = List.of("INT", "TERM");

    private final AtomicBoolean requested = new AtomicBoolean();
    private final Map<String, @Nullable Object> before = new LinkedHashMap<>();
    private final Duration patience;
    private final IntConsumer endProcess;
    private volatile boolean onlyAsking;

    private ProcessSignals(Duration patience, IntConsumer endProcess) {
        this.patience = patience;
        this.endProcess = endProcess;
    }

    /**
     * Takes over both signals.
     *
     * @param endProcess ends the process at once with an exit code
     */
    public static ProcessSignals listen(Duration patience, IntConsumer endProcess) {
        ProcessSignals signals = new ProcessSignals(patience, endProcess);
        for (String name : NAMES) {
            signals.before.put(name, Signals.register(name, signals::received));
        }
        return signals;
    }

    @Override
    public boolean requested() {
        return requested.get();
    }

    @Override
    public void close() {
        before.forEach(Signals::unregister);
    }

    @Override
    public void onlyAsk() {
        onlyAsking = true;
    }

    private void received() {
        if (onlyAsking) {
            requested.set(true);
        } else if (requested.getAndSet(true)) {
            endProcess.accept(ExitCode.INTERRUPTED.code());
        } else {
            Thread limit = new Thread(this::endAfterPatience, "stop-limit");
            limit.setDaemon(true);
            limit.start();
        }
    }

    private void endAfterPatience() {
        try {
            Thread.sleep(patience.toMillis());
            endProcess.accept(ExitCode.INTERRUPTED.code());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
