package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.flink.io.RejectedFiles;
import io.iotdbmigrate.mapping.RowMapper;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.RejectedRow;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.RowDecoder;
import io.iotdbmigrate.mysql.RowPackets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.jspecify.annotations.Nullable;

/**
 * An emitter that decodes and maps rows and passes them on in blocks. At a chunk's end its key
 * hashes and rejected rows are put down in the work folder before the receipt goes out.
 */
final class RowBlockEmitter implements RecordEmitter<ChunkBlock, RowBlock, ChunkProgress> {
    private final List<Table> tables;
    private final List<RowDecoder> decoders;
    private final List<RowMapper> mappers;
    private final List<Counter> rowCounters = new ArrayList<>();
    private final KeyFiles keyFiles;
    private final RejectedFiles rejectedFiles;
    private final long maxRejected;
    private final Counter rejectedRows;
    private final boolean keepsEmptyRows;
    private long rejectedHere;

    /**
     * @param keepsEmptyRows whether rows of nulls are passed on, too
     */
    RowBlockEmitter(BackfillSpec spec, boolean keepsEmptyRows, MetricGroup metrics) {
        this.keepsEmptyRows = keepsEmptyRows;
        this.tables = spec.tables();
        this.decoders = tables.stream().map(t -> new RowDecoder(t.mapping().columns())).toList();
        this.mappers = tables.stream().map(t -> new RowMapper(t.mapping())).toList();
        for (int i = 0; i < tables.size(); i++) {
            rowCounters.add(metrics.counter(BackfillMetrics.rows(i), new SimpleCounter()));
        }
        this.rejectedRows = metrics.counter(BackfillMetrics.REJECTED_ROWS);
        this.keyFiles = new KeyFiles(spec.workDir());
        this.rejectedFiles = new RejectedFiles(spec.workDir());
        this.maxRejected = spec.maxRejected();
    }

    @Override
    public void emitRecord(ChunkBlock block, SourceOutput<RowBlock> output, ChunkProgress progress)
            throws IOException {
        int index = progress.chunk().mapping();
        RowDecoder decoder = decoders.get(index);
        RowMapper mapper = mappers.get(index);
        boolean mayCollapse = !tables.get(index).uniqueRows();
        long zeroDatesBefore = mapper.zeroDates();
        long skippedBefore = mapper.skipped();
        long order = progress.order();
        RowPackets packets = block.rows();
        List<TargetRow> rows = new ArrayList<>(packets.rows());
        for (int row = 0; row < packets.rows(); row++) {
            Object[] values = decoder.decode(packets, row);
            requireTaken(tables.get(index).mapping(), mapper, values);
            RowMapper.Result result = mapper.map(values);
            if (result instanceof RowMapper.Mapped mapped) {
                TargetRow target = mapped.row();
                int points = nonNull(target);
                boolean kept = tables.get(index).mapping().keepsEmptyRows() || points > 0;
                progress.mapped(points, kept);
                if (mayCollapse) {
                    progress.key(target.device().keyHash(target.time()));
                }
                if (kept || keepsEmptyRows) {
                    rows.add(target);
                }
            } else if (result instanceof RowMapper.Rejected rejected) {
                reject(rejected.row(), progress);
            }
        }
        progress.zeroDates(mapper.zeroDates() - zeroDatesBefore);
        progress.skipped(mapper.skipped() - skippedBefore);
        rowCounters.get(index).inc(packets.rows());
        output.collect(new RowBlock(index, order, rows, block.last() ? finish(progress) : null));
    }

    /** Requires that MySQL took a row by the filter which the binlog's side takes, too. */
    private static void requireTaken(
            TableMapping mapping, RowMapper mapper, @Nullable Object[] values) {
        if (!mapping.filter().takes(values)) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "row "
                            + mapper.name(values)
                            + " of "
                            + mapping.table()
                            + " is taken by MySQL and not by cdc, by where: "
                            + mapping.filter().text()
                            + "; remove what changes the session from"
                            + " connections.mysql.properties, or compare another column in where");
        }
    }

    private static int nonNull(TargetRow row) {
        int count = 0;
        for (Object value : row.values()) {
            if (value != null) {
                count++;
            }
        }
        return count;
    }

    private void reject(RejectedRow row, ChunkProgress progress) throws IOException {
        progress.rejected(row);
        rejectedHere++;
        rejectedRows.inc();
        if (rejectedHere > maxRejected) {
            rejectedFiles.write(progress.chunk(), progress.rejectedRows());
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "more than rejected_rows.max = "
                            + maxRejected
                            + " rows cannot be mapped, the last one "
                            + row.table()
                            + " "
                            + row.key()
                            + ": "
                            + row.column()
                            + " = "
                            + row.value()
                            + " "
                            + row.reason());
        }
    }

    private ChunkReceipt finish(ChunkProgress progress) throws IOException {
        if (progress.keys() > 0) {
            keyFiles.write(progress.chunk(), progress.keyHashes(), progress.keys());
        }
        rejectedFiles.write(progress.chunk(), progress.rejectedRows());
        return progress.receipt();
    }
}
