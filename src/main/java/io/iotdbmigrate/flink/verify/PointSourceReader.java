package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.backfill.RowBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/** A reader that reads one group of devices at a time and has the next one ready. */
final class PointSourceReader
        extends SingleThreadMultiplexSourceReaderBase<
                RowBlock, RowBlock, DeviceSplit, DeviceSplit> {
    private static final int SPLITS_AT_HAND = 2;

    PointSourceReader(VerifySpec spec, SourceReaderContext context) {
        super(
                () -> new PointSplitReader(spec),
                new Counting(spec.units().size(), context.metricGroup()),
                context.getConfiguration(),
                context);
    }

    /** A reader that passes blocks on and counts their rows, for progress. */
    private static final class Counting implements RecordEmitter<RowBlock, RowBlock, DeviceSplit> {
        private final List<Counter> rows = new ArrayList<>();

        Counting(int tables, MetricGroup metrics) {
            for (int i = 0; i < tables; i++) {
                rows.add(metrics.counter(VerifyMetrics.rows(i), new SimpleCounter()));
            }
        }

        @Override
        public void emitRecord(RowBlock block, SourceOutput<RowBlock> output, DeviceSplit state) {
            rows.get(block.mapping()).inc(block.rows().size());
            output.collect(block);
        }
    }

    @Override
    public void start() {
        for (int i = getNumberOfCurrentlyAssignedSplits(); i < SPLITS_AT_HAND; i++) {
            context.sendSplitRequest();
        }
    }

    @Override
    protected void onSplitFinished(Map<String, DeviceSplit> finished) {
        finished.forEach((id, split) -> context.sendSplitRequest());
    }

    @Override
    protected DeviceSplit initializedState(DeviceSplit split) {
        return split;
    }

    @Override
    protected DeviceSplit toSplitType(String splitId, DeviceSplit state) {
        return state;
    }
}
