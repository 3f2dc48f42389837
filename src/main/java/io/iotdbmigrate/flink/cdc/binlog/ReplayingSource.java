package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.config.CdcConfig.ServerIdRange;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.flink.cdc.BinlogEvent;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mysql.MySqlConnections;
import java.util.ArrayList;
import java.util.List;
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
import org.apache.flink.cdc.connectors.mysql.source.config.MySqlSourceConfig;
import org.apache.flink.cdc.connectors.mysql.source.metrics.MySqlSourceReaderMetrics;
import org.apache.flink.cdc.connectors.mysql.source.reader.MySqlSourceReader;
import org.apache.flink.cdc.connectors.mysql.source.reader.MySqlSourceReaderContext;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlSplit;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The connector's source with a {@link ReplayingReader} and a {@link WatchedSplitReader}. */
final class ReplayingSource
        implements Source<BinlogEvent, MySqlSplit, PendingSplitsState>,
                ResultTypeQueryable<BinlogEvent> {
    private static final long serialVersionUID = 1L;

    private final MySqlSource<BinlogEvent> source;
    private final List<TableMapping> mappings;
    private final MySqlConfig mysql;
    private final ServerIdRange serverId;
    private final String server;

    ReplayingSource(
            MySqlSource<BinlogEvent> source,
            List<TableMapping> mappings,
            MySqlConfig mysql,
            ServerIdRange serverId,
            String server) {
        this.source = source;
        this.mappings = new ArrayList<>(mappings);
        this.mysql = mysql;
        this.serverId = serverId;
        this.server = server;
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SourceReader<BinlogEvent, MySqlSplit> createReader(SourceReaderContext context)
            throws Exception {
        context.getUserCodeClassLoader()
                .registerReleaseHookIfAbsent("mysql", MySqlConnections::release);
        return new ReplayingReader(watched(context), mysql, serverId, server);
    }

    /**
     * Makes the reader as the connector does it itself, but with our reader of the binlog and our
     * emitter.
     */
    private SourceReader<BinlogEvent, MySqlSplit> watched(SourceReaderContext context) {
        MySqlSourceConfig config =
                source.getConfigFactory().createConfig(context.getIndexOfSubtask());
        MySqlSourceReaderMetrics metrics = new MySqlSourceReaderMetrics(context.metricGroup());
        metrics.registerMetrics();
        MySqlSourceReaderContext mysqlContext = new MySqlSourceReaderContext(context);
        return new MySqlSourceReader<>(
                new FutureCompletingBlockingQueue<>(),
                () ->
                        new WatchedSplitReader(
                                config,
                                context.getIndexOfSubtask(),
                                mysqlContext,
                                mappings,
                                mysql,
                                server),
                new SignalEmitter(metrics, new RowEventDeserializer(mappings)),
                context.getConfiguration(),
                mysqlContext,
                config);
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
    public TypeInformation<BinlogEvent> getProducedType() {
        return source.getProducedType();
    }
}
