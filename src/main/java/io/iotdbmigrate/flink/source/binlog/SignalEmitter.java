package io.iotdbmigrate.flink.source.binlog;

import io.iotdbmigrate.flink.BinlogEvent;
import io.iotdbmigrate.model.UserException;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.cdc.connectors.mysql.source.metrics.MySqlSourceReaderMetrics;
import org.apache.flink.cdc.connectors.mysql.source.reader.MySqlRecordEmitter;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlSplitState;
import org.apache.flink.cdc.connectors.mysql.source.utils.RecordUtils;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.source.SourceRecord;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** The connector's emitter, which also hands on the {@link BinlogWatch}'s signals. */
final class SignalEmitter extends MySqlRecordEmitter<BinlogEvent> {
    SignalEmitter(MySqlSourceReaderMetrics metrics, RowEventDeserializer deserializer) {
        super(deserializer, metrics, true);
    }

    @Override
    protected void processElement(
            SourceRecord element, SourceOutput<BinlogEvent> output, MySqlSplitState split)
            throws Exception {
        if (!(element instanceof BinlogSignal signal)) {
            super.processElement(element, output, split);
            return;
        }
        try {
            output.collect(signal.mark());
        } catch (UserException e) {
            throw new SuppressRestartsException(e);
        }
        split.asBinlogSplitState().setStartingOffset(RecordUtils.getBinlogPosition(element));
    }
}
