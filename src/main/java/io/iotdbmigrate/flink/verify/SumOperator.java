package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.backfill.ChunkReceipt;
import io.iotdbmigrate.flink.backfill.RowBlock;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.verify.Buckets;
import io.iotdbmigrate.verify.ChunkTrace;
import io.iotdbmigrate.verify.RowBytes;
import io.iotdbmigrate.verify.RowHash;
import io.iotdbmigrate.verify.Scope;
import io.iotdbmigrate.verify.SideRow.Side;
import io.iotdbmigrate.verify.SideSums;
import io.iotdbmigrate.verify.TableRules;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;

/**
 * An operator that sums up the rows of one side's reader, with which it is chained, and hands on
 * the sums at the end: nothing is kept over a failure, the job then begins anew.
 */
final class SumOperator extends AbstractStreamOperator<byte[]>
        implements OneInputStreamOperator<RowBlock, byte[]>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final VerifySpec spec;
    private final Side side;
    private transient SideSums sums;
    private transient UnitLayout layout;
    private transient List<TableRules> rules;
    private transient TargetType[][] types;
    private transient Scope.Filter scope;
    private transient RowBytes bytes;
    private transient RowHash hash;
    private transient BitSet folds;

    SumOperator(VerifySpec spec, Side side) {
        this.spec = spec;
        this.side = side;
        // By default an operator begins a chain, and every row would be serialized.
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void open() throws Exception {
        super.open();
        sums = new SideSums(Collections.nCopies(spec.units().size(), spec.buckets()));
        layout = new UnitLayout(spec);
        rules = spec.rules();
        types = rules.stream().map(SumOperator::types).toArray(TargetType[][]::new);
        scope = spec.scope().filter();
        bytes = new RowBytes();
        hash = new RowHash(spec.firstKey(), spec.secondKey());
        folds = new BitSet();
    }

    private static TargetType[] types(TableRules rules) {
        return rules.types().toArray(TargetType[]::new);
    }

    @Override
    public void processElement(StreamRecord<RowBlock> element) {
        RowBlock block = element.getValue();
        boolean mysql = side == Side.MYSQL;
        // Blocks of IoTDB are of a unit already.
        int unit = mysql ? layout.unit(block.mapping()) : block.mapping();
        SideSums.Table table = sums.table(unit);
        TableRules of = rules.get(unit);
        Buckets buckets = spec.buckets();
        for (TargetRow row : block.rows()) {
            if (!scope.holds(row.time()) || !scope.holds(row.device())) {
                continue;
            }
            int bucket = buckets.of(row.device(), row.time());
            if (mysql) {
                // An empty row, too: it may be the one that stands.
                folds.set(ChunkTrace.fold(bucket));
            }
            Object[] values = mysql ? layout.values(block.mapping(), row.values()) : row.values();
            if (of.isMarked(values)) {
                table.marked();
            } else if (!of.isEmpty(values)) {
                table.sums().add(bucket, hash.compute(canonical(unit, row, values)));
            }
        }
        ChunkReceipt receipt = block.receipt();
        if (receipt != null) {
            table.chunk(
                    new ChunkTrace(receipt.chunk(), folds),
                    receipt.rows(),
                    receipt.empty(),
                    receipt.rejected(),
                    receipt.zeroDates());
            folds = new BitSet();
        }
    }

    private RowBytes canonical(int unit, TargetRow row, @Nullable Object[] values) {
        return rules.get(unit).comparesValues()
                ? bytes.row(row.device().path(), row.time(), types[unit], values)
                : bytes.key(row.device().path(), row.time());
    }

    @Override
    public void endInput() throws IOException {
        output.collect(
                new StreamRecord<>(
                        InstantiationUtil.serializeObject(new VerifyFiles.Part(side, sums))));
    }
}
