package io.iotdbmigrate.flink.backfill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * An operator that keeps the receipts of all chunks; when every writer has flushed its last row,
 * closes the backfill.
 */
final class ChunkLedgerOperator extends AbstractStreamOperator<CommittableMessage<ChunkReceipt>>
        implements OneInputStreamOperator<
                        CommittableMessage<ChunkReceipt>, CommittableMessage<ChunkReceipt>>,
                BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final BackfillSpec spec;
    private transient ChunkLedger ledger;
    private transient ListState<byte[]> state;

    ChunkLedgerOperator(BackfillSpec spec) {
        this.spec = spec;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        ledger = new ChunkLedger(spec);
        state =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "receipts", BytePrimitiveArraySerializer.INSTANCE));
        for (byte[] receipt : state.get()) {
            ledger.add(new ChunkReceiptSerializer().fromVersionedBytes(receipt));
        }
    }

    @Override
    public void processElement(StreamRecord<CommittableMessage<ChunkReceipt>> record) {
        if (record.getValue() instanceof CommittableWithLineage<ChunkReceipt> receipt) {
            ledger.add(receipt.getCommittable());
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        ChunkReceiptSerializer serializer = new ChunkReceiptSerializer();
        List<byte[]> receipts = new ArrayList<>();
        for (ChunkReceipt receipt : ledger.receipts()) {
            receipts.add(serializer.toVersionedBytes(receipt));
        }
        state.update(receipts);
    }

    @Override
    public void endInput() throws IOException {
        ledger.close();
    }
}
