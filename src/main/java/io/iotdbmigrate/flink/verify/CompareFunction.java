package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.verify.RowComparer;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.SideRow;
import io.iotdbmigrate.verify.SideRow.Side;
import io.iotdbmigrate.verify.TableRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.InstantiationUtil;

/**
 * A function that holds both sides' rows of a key against each other. In batch mode Flink sorts by
 * key, on disk where need be, and calls the timer at the end of each: memory holds one key at a
 * time.
 */
final class CompareFunction extends KeyedProcessFunction<Long, Tuple2<Long, SideRow>, byte[]> {
    private static final long serialVersionUID = 1L;

    private final List<TableRules> rules;
    private transient ListState<SideRow> rows;

    CompareFunction(List<TableRules> rules) {
        this.rules = new ArrayList<>(rules);
    }

    @Override
    public void open(OpenContext context) {
        rows =
                getRuntimeContext()
                        .getListState(new ListStateDescriptor<>("rows", new SideRowSerializer()));
    }

    @Override
    public void processElement(Tuple2<Long, SideRow> row, Context context, Collector<byte[]> out)
            throws Exception {
        rows.add(row.f1);
        context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<byte[]> out) throws Exception {
        Map<RowKey, List<SideRow>> byKey = new LinkedHashMap<>();
        for (SideRow row : rows.get()) {
            byKey.computeIfAbsent(row.key(), k -> new ArrayList<>()).add(row);
        }
        rows.clear();
        for (Map.Entry<RowKey, List<SideRow>> entry : byKey.entrySet()) {
            compare(entry.getKey(), entry.getValue(), out);
        }
    }

    private void compare(RowKey key, List<SideRow> both, Collector<byte[]> out) throws IOException {
        List<SideRow> mysql = both.stream().filter(r -> r.side() == Side.MYSQL).toList();
        SideRow iotdb = both.stream().filter(r -> r.side() == Side.IOTDB).findFirst().orElse(null);
        RowComparer.Result result =
                new RowComparer(rules.get(key.table())).compare(key, mysql, iotdb);
        if (result.difference().isPresent() || result.collapsed() > 0 || result.expectedExtra()) {
            out.collect(
                    InstantiationUtil.serializeObject(
                            new RowResult(
                                    key.table(),
                                    result.difference().orElse(null),
                                    result.collapsed(),
                                    result.expectedExtra())));
        }
    }
}
