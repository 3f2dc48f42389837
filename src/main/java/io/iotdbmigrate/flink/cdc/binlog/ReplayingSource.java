package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.config.CdcConfig.ServerIdRange;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.flink.cdc.RowEvent;
import io.iotdbmigrate.mysql.MySqlConnections;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.cdc.connectors.mysql.source.MySqlSource;
import org.apache.flink.cdc.connectors.mysql.source.assigners.state.PendingSplitsState;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The connector's source with a {@link ReplayingReader}. */
final class ReplayingSource
        implements Source<RowEvent, MySqlSplit, PendingSplitsState>, ResultTypeQueryable<RowEvent> {
    private static final long serialVersionUID = 1L;

    private final MySqlSource<RowEvent> source;
    private final MySqlConfig mysql;
    private final ServerIdRange serverId;

    ReplayingSource(MySqlSource<RowEvent> source, MySqlConfig mysql, ServerIdRange serverId) {
        this.source = source;
        this.mysql = mysql;
        this.serverId = serverId;
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SourceReader<RowEvent, MySqlSplit> createReader(SourceReaderContext context)
            throws Exception {
        context.getUserCodeClassLoader()
                .registerReleaseHookIfAbsent("mysql", MySqlConnections::release);
        return new ReplayingReader(source.createReader(context), mysql, serverId);
    }

    @Override
    public SplitEnumerator<MySqlSplit, PendingSplitsState> createEnumerator(
            SplitEnumeratorContext<MySqlSplit> context) {
        return source.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<MySqlSplit, PendingSplitsState> restoreEnumerator(
            SplitEnumeratorContext<MySqlSplit> context, PendingSplitsState state) {
        return source.restoreEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<MySqlSplit> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<PendingSplitsState> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<RowEvent> getProducedType() {
        return source.getProducedType();
    }
}
