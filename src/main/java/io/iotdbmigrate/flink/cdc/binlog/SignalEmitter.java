package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.flink.cdc.BinlogEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.cdc.connectors.mysql.source.metrics.MySqlSourceReaderMetrics;
import org.apache.flink.cdc.connectors.mysql.source.reader.MySqlRecordEmitter;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlSplitState;
import org.apache.flink.cdc.connectors.mysql.source.utils.RecordUtils;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.source.SourceRecord;

/** The connector's emitter, which also hands on the {@link BinlogWatch}'s signals. */
final class SignalEmitter extends MySqlRecordEmitter<BinlogEvent> {
    private final Kept kept;

    SignalEmitter(MySqlSourceReaderMetrics metrics, RowEventDeserializer deserializer, Kept kept) {
        super(deserializer, metrics, true);
        this.kept = kept;
    }

    @Override
    protected void processElement(
            SourceRecord element, SourceOutput<BinlogEvent> output, MySqlSplitState split)
            throws Exception {
        if (!(element instanceof BinlogSignal signal)) {
            super.processElement(element, output, split);
            return;
        }
        if (signal.unfilled() != null) {
            kept.unfilled().are(signal.unfilled());
            return;
        }
        if (signal.keys() != null) {
            kept.keys().are(signal.keys());
            return;
        }
        if (signal.unique() != null) {
            kept.unique().are(signal.unique());
            return;
        }
        output.collect(signal.mark());
        split.asBinlogSplitState().setStartingOffset(RecordUtils.getBinlogPosition(element));
    }
}
