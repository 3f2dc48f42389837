package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.flink.io.SendingThread;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.model.TargetRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.metrics.MetricGroup;

/**
 * A writer that gathers rows by device until a tablet is worth sending. What a tablet costs the
 * server hardly depends on its rows, so memory is filled as far as {@code sink.max_buffered}
 * allows, and then the longest devices go; a device with enough rows goes as soon as the sender is
 * free. Everything runs on the task's thread but the sending itself, which has one thread of its
 * own; a failure there surfaces at the next call.
 */
final class BackfillWriter implements CommittingSinkWriter<RowBlock, ChunkReceipt> {
    /**
     * A device with this part of {@code sink.batch_rows} is sent if the sender has nothing to do.
     */
    private static final int WORTH_SENDING = 10;

    /** This part of the memory is freed at a time. */
    private static final int FREED_AT_ONCE = 16;

    /**
     * So much of long tablets is flushed by the sender itself, which spreads the encoding over the
     * reading instead of leaving it for the end. Not so with short ones: a flush costs as much per
     * device as such a tablet.
     */
    private static final long FLUSHED_AT_ONCE = 16L << 20;

    private final List<TabletBuffer> buffers;
    private final Target target;
    private final long maxBytes;
    private final int batchRows;
    private final int worthRows;
    private final List<String> databases;
    private final SendingThread sender = new SendingThread();
    private final SinkMetrics metrics;
    private final List<ChunkReceipt> receipts = new ArrayList<>();
    private long sendingBytes;
    private volatile long reportedBytes;
    private boolean prepared;
    private boolean unflushed;
    private long longTabletBytes;

    BackfillWriter(BackfillSpec spec, Target target, MetricGroup metricGroup) {
        this.buffers =
                new ArrayList<>(
                        spec.tables().stream().map(t -> new TabletBuffer(t.mapping())).toList());
        this.target = target;
        this.maxBytes = spec.sink().maxBufferedBytes();
        this.batchRows = spec.sink().batchRows();
        this.worthRows = Math.max(1, batchRows / WORTH_SENDING);
        this.databases = spec.databases();
        this.metrics = new SinkMetrics(metricGroup, () -> reportedBytes);
    }

    @Override
    public void write(RowBlock block, Context context) throws IOException, InterruptedException {
        TabletBuffer buffer = buffers.get(block.mapping());
        for (TargetRow row : block.rows()) {
            buffer.add(row);
        }
        metrics.rows(block.rows().size());
        if (block.receipt() != null) {
            metrics.points(block.receipt().points());
            receipts.add(block.receipt());
        }
        makeRoom(buffer);
    }

    private void makeRoom(TabletBuffer filled) throws IOException, InterruptedException {
        if (sender.isIdle()) {
            awaitSent();
        }
        long buffered = buffers.stream().mapToLong(TabletBuffer::bytes).sum();
        reportedBytes = buffered + sendingBytes;
        boolean full = reportedBytes >= maxBytes;
        if (full || filled.longest() >= batchRows) {
            awaitSent();
        }
        if (sender.isIdle()) {
            if (filled.longest() >= worthRows) {
                sendLong(filled.split((worthRows + 1) / 2));
            } else if (buffered >= maxBytes - maxBytes / FREED_AT_ONCE) {
                TabletBuffer largest =
                        Collections.max(buffers, Comparator.comparingLong(TabletBuffer::bytes));
                send(List.of(largest.splitLongest(maxBytes / FREED_AT_ONCE)));
            }
        }
    }

    private void sendAll() throws IOException, InterruptedException {
        awaitSent();
        send(buffers.stream().filter(b -> !b.isEmpty()).map(b -> b.split(1)).toList());
    }

    private void sendLong(TabletBuffer tablets) throws IOException, InterruptedException {
        longTabletBytes += tablets.bytes();
        if (longTabletBytes < FLUSHED_AT_ONCE) {
            send(List.of(tablets));
        } else {
            longTabletBytes = 0;
            send(List.of(tablets), () -> target.flush(databases));
        }
    }

    private void send(List<TabletBuffer> full) throws IOException, InterruptedException {
        send(full, () -> {});
    }

    /** Sends what is buffered; only while nothing is being sent. */
    private void send(List<TabletBuffer> full, SendingThread.Work afterwards)
            throws IOException, InterruptedException {
        if (!full.isEmpty()) {
            unflushed = true;
            sendingBytes = full.stream().mapToLong(TabletBuffer::bytes).sum();
            sender.begin(
                    () ->
                            metrics.write(
                                    () -> {
                                        write(full);
                                        afterwards.run();
                                    }));
        }
    }

    private void write(List<TabletBuffer> full) throws IOException {
        if (!prepared) {
            target.createDatabases(databases);
            prepared = true;
        }
        for (TabletBuffer buffer : full) {
            target.write(buffer);
        }
    }

    private void awaitSent() throws IOException, InterruptedException {
        sender.await();
        sendingBytes = 0;
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        sendAll();
        awaitSent();
        reportedBytes = 0;
        if (unflushed) {
            sender.begin(() -> metrics.write(() -> target.flush(databases)));
            awaitSent();
            unflushed = false;
            longTabletBytes = 0;
        }
        metrics.flushed(System.nanoTime() - begin);
    }

    @Override
    public Collection<ChunkReceipt> prepareCommit() {
        List<ChunkReceipt> durable = List.copyOf(receipts);
        receipts.clear();
        return durable;
    }

    @Override
    public void close() throws InterruptedException {
        sender.close();
        target.close();
    }
}
