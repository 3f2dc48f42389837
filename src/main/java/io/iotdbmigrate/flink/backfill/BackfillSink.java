package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.Targets;
import java.util.Collection;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * A sink that writes rows to IoTDB. Everything it writes may be written again. What it commits are
 * the receipts of chunks whose rows are durable: they go to the {@link ChunkLedger}.
 */
public final class BackfillSink
        implements Sink<RowBlock>,
                SupportsCommitter<ChunkReceipt>,
                SupportsPreCommitTopology<ChunkReceipt, ChunkReceipt> {
    private static final long serialVersionUID = 1L;

    private final BackfillSpec spec;

    public BackfillSink(BackfillSpec spec) {
        this.spec = spec;
    }

    @Override
    public SinkWriter<RowBlock> createWriter(WriterInitContext context) {
        return new BackfillWriter(
                spec, Targets.open(Retries.of(spec.iotdb(), spec.sink())), context.metricGroup());
    }

    @Override
    @Deprecated
    public SinkWriter<RowBlock> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls the other one");
    }

    @Override
    public DataStream<CommittableMessage<ChunkReceipt>> addPreCommitTopology(
            DataStream<CommittableMessage<ChunkReceipt>> receipts) {
        TypeInformation<CommittableMessage<ChunkReceipt>> type =
                CommittableMessageTypeInfo.of(ChunkReceiptSerializer::new);
        return receipts.global()
                .transform("close the backfill", type, new ChunkLedgerOperator(spec))
                .uid("backfill-ledger")
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    @Override
    public Committer<ChunkReceipt> createCommitter(CommitterInitContext context) {
        return new NothingToCommit();
    }

    @Override
    public SimpleVersionedSerializer<ChunkReceipt> getCommittableSerializer() {
        return new ChunkReceiptSerializer();
    }

    @Override
    public SimpleVersionedSerializer<ChunkReceipt> getWriteResultSerializer() {
        return new ChunkReceiptSerializer();
    }

    /**
     * IoTDB has no transactions: what was flushed is there. The ledger keeps all receipts, none
     * come here.
     */
    private static final class NothingToCommit implements Committer<ChunkReceipt> {
        @Override
        public void commit(Collection<CommitRequest<ChunkReceipt>> requests) {
            if (!requests.isEmpty()) {
                throw new IllegalStateException("receipts went past the ledger");
            }
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
