package io.iotdbmigrate.flink.backfill;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of receipts, which the ledger and the sink keep in checkpoints. */
public final class ChunkReceiptSerializer extends ChunkSerializer<ChunkReceipt> {
    /** The first that has the values that were left out. */
    private static final int WITH_SKIPPED = 3;

    public ChunkReceiptSerializer() {
        super(WITH_SKIPPED);
    }

    @Override
    protected void write(ChunkReceipt receipt, DataOutputView out) throws IOException {
        writeChunk(receipt.chunk(), out);
        out.writeLong(receipt.rows());
        out.writeLong(receipt.points());
        out.writeLong(receipt.empty());
        out.writeLong(receipt.rejected());
        out.writeLong(receipt.zeroDates());
        out.writeLong(receipt.skipped());
    }

    @Override
    protected ChunkReceipt read(int writtenIn, DataInputView in) throws IOException {
        return new ChunkReceipt(
                readChunk(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                writtenIn < WITH_SKIPPED ? 0 : in.readLong());
    }
}
