package io.iotdbmigrate.flink.sink;

import io.iotdbmigrate.flink.BackfillSpec;
import io.iotdbmigrate.flink.ChunkReceipt;
import io.iotdbmigrate.flink.RowBlock;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;

/**
 * Gathers rows by device until a tablet is worth sending, and fills the next tablets while the last
 * ones are on their way. Half of {@code sink.max_buffered} is being filled, the other half being
 * sent. Everything runs on the task's thread but the sending itself, which has one thread of its
 * own; a failure there surfaces at the next call.
 */
final class IotdbSinkWriter implements CommittingSinkWriter<RowBlock, ChunkReceipt> {
    private static final long CLOSE_SECONDS = 30;

    private final List<TabletBuffer> buffers;
    private final Target target;
    private final long fillBytes;
    private final int batchRows;
    private final List<String> databases;
    private final ExecutorService sender;
    private final List<ChunkReceipt> receipts = new ArrayList<>();
    private @Nullable Future<?> sending;
    private boolean prepared;
    private boolean unflushed;

    IotdbSinkWriter(BackfillSpec spec, Target target) {
        this.buffers =
                new ArrayList<>(
                        spec.tables().stream().map(t -> new TabletBuffer(t.mapping())).toList());
        this.target = target;
        this.fillBytes = spec.sink().maxBufferedBytes() / 2;
        this.batchRows = spec.sink().batchRows();
        this.databases = spec.databases();
        this.sender = Executors.newSingleThreadExecutor(r -> new Thread(r, "iotdb-sender"));
    }

    @Override
    public void write(RowBlock block, Context context) throws IOException, InterruptedException {
        TabletBuffer buffer = buffers.get(block.mapping());
        for (TargetRow row : block.rows()) {
            buffer.add(row);
        }
        if (block.receipt() != null) {
            receipts.add(block.receipt());
        }
        long bytes = 0;
        for (TabletBuffer each : buffers) {
            bytes += each.bytes();
        }
        if (bytes >= fillBytes) {
            sendAll();
        } else if (buffer.longest() >= batchRows) {
            send(List.of(buffer.split(Math.max(1, batchRows / 2))));
        }
    }

    private void sendAll() throws IOException, InterruptedException {
        send(buffers.stream().filter(b -> !b.isEmpty()).map(b -> b.split(1)).toList());
    }

    private void send(List<TabletBuffer> full) throws IOException, InterruptedException {
        awaitSent();
        if (!full.isEmpty()) {
            unflushed = true;
            submit(
                    () -> {
                        if (!prepared) {
                            target.createDatabases(databases);
                            prepared = true;
                        }
                        for (TabletBuffer buffer : full) {
                            target.write(buffer);
                        }
                    });
        }
    }

    private interface Sending {
        void run() throws IOException;
    }

    private void submit(Sending work) {
        sending =
                sender.submit(
                        () -> {
                            work.run();
                            return null;
                        });
    }

    private void awaitSent() throws IOException, InterruptedException {
        if (sending == null) {
            return;
        }
        try {
            sending.get();
            sending = null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UserException refused) {
                throw new SuppressRestartsException(refused);
            }
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        sendAll();
        awaitSent();
        if (unflushed) {
            submit(() -> target.flush(databases));
            awaitSent();
            unflushed = false;
        }
    }

    @Override
    public Collection<ChunkReceipt> prepareCommit() {
        List<ChunkReceipt> durable = List.copyOf(receipts);
        receipts.clear();
        return durable;
    }

    @Override
    public void close() throws InterruptedException {
        sender.shutdownNow();
        // The session is not thread-safe: it is closed when the sender has let go of it.
        sender.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        target.close();
    }
}
