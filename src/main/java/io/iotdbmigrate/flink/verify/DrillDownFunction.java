package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.backfill.RowBlock;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.Scope;
import io.iotdbmigrate.verify.SideRow.Side;
import io.iotdbmigrate.verify.SideRow;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/** Picks the rows of interest: key hash and the row. */
final class DrillDownFunction extends RichFlatMapFunction<RowBlock, Tuple2<Long, SideRow>> {
    private static final long serialVersionUID = 1L;

    private final Scope scope;
    private final DrillDown focus;
    private final Side side;
    private transient Scope.Filter filter;

    DrillDownFunction(VerifySpec spec, DrillDown focus, Side side) {
        this.scope = spec.scope();
        this.focus = focus;
        this.side = side;
    }

    @Override
    public void open(OpenContext context) {
        filter = scope.filter();
    }

    @Override
    public void flatMap(RowBlock block, Collector<Tuple2<Long, SideRow>> out) {
        long order = block.order();
        for (TargetRow row : block.rows()) {
            if (filter.holds(row.time())
                    && focus.holds(block.mapping(), row.device(), row.time())
                    && filter.holds(row.device())) {
                RowKey key = new RowKey(block.mapping(), row.device().path(), row.time());
                out.collect(Tuple2.of(key.mixed(), new SideRow(side, key, order, row.values())));
            }
            order++;
        }
    }
}
