package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.backfill.RowBlock;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.Scope;
import io.iotdbmigrate.verify.SideRow;
import io.iotdbmigrate.verify.SideRow.Side;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/** A function that picks the rows of interest: key hash and the row. */
final class DrillDownFunction extends RichFlatMapFunction<RowBlock, Tuple2<Long, SideRow>> {
    private static final long serialVersionUID = 1L;

    private final VerifySpec spec;
    private final DrillDown focus;
    private final Side side;
    private transient Scope.Filter filter;
    private transient UnitLayout layout;

    DrillDownFunction(VerifySpec spec, DrillDown focus, Side side) {
        this.spec = spec;
        this.focus = focus;
        this.side = side;
    }

    @Override
    public void open(OpenContext context) {
        filter = spec.scope().filter();
        layout = new UnitLayout(spec);
    }

    @Override
    public void flatMap(RowBlock block, Collector<Tuple2<Long, SideRow>> out) {
        boolean mysql = side == Side.MYSQL;
        // Blocks of IoTDB are of a unit already.
        int unit = mysql ? layout.unit(block.mapping()) : block.mapping();
        long order = block.order();
        for (TargetRow row : block.rows()) {
            if (filter.holds(row.time())
                    && focus.holds(unit, row.device(), row.time())
                    && filter.holds(row.device())) {
                RowKey key = new RowKey(unit, row.device().path(), row.time());
                SideRow found =
                        mysql
                                ? new SideRow(
                                        side,
                                        key,
                                        layout.writer(block.mapping()),
                                        order,
                                        layout.values(block.mapping(), row.values()))
                                : new SideRow(side, key, order, row.values());
                out.collect(Tuple2.of(key.mixed(), found));
            }
            order++;
        }
    }
}
