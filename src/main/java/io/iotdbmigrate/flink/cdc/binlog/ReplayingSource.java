package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.flink.cdc.BinlogEvent;
import io.iotdbmigrate.flink.cdc.CdcMetrics;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.flink.cdc.FollowedTables;
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
    private final CdcSpec spec;

    ReplayingSource(CdcSpec spec) {
        this.source = BinlogSource.connector(spec);
        this.spec = spec;
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
        CdcSpec now = new FollowedTables(spec).now();
        Kept kept = Kept.of(now);
        return new ReplayingReader(watched(context, now, kept), now, kept);
    }

    /**
     * Makes the reader as the connector does it itself, but with our reader of the binlog and our
     * emitter.
     */
    private static SourceReader<BinlogEvent, MySqlSplit> watched(
            SourceReaderContext context, CdcSpec spec, Kept kept) {
        MySqlSourceConfig config =
                connecting(BinlogSource.connector(spec), spec)
                        .getConfigFactory()
                        .createConfig(context.getIndexOfSubtask());
        MySqlSourceReaderMetrics metrics = new MySqlSourceReaderMetrics(context.metricGroup());
        metrics.registerMetrics();
        MySqlSourceReaderContext mysqlContext = new MySqlSourceReaderContext(context);
        return new MySqlSourceReader<>(
                new FutureCompletingBlockingQueue<>(),
                () -> {
                    WatchedSplitReader reader =
                            new WatchedSplitReader(
                                    config, context.getIndexOfSubtask(), mysqlContext, spec, kept);
                    context.metricGroup().gauge(CdcMetrics.MYSQL_WAIT, reader::silentMillis);
                    return reader;
                },
                new SignalEmitter(metrics, new RowEventDeserializer(spec.followed()), kept),
                context.getConfiguration(),
                mysqlContext,
                config);
    }

    @Override
    public SplitEnumerator<MySqlSplit, PendingSplitsState> createEnumerator(
            SplitEnumeratorContext<MySqlSplit> context) {
        return connecting(source, spec).createEnumerator(context);
    }

    @Override
    public SplitEnumerator<MySqlSplit, PendingSplitsState> restoreEnumerator(
            SplitEnumeratorContext<MySqlSplit> context, PendingSplitsState state) {
        return connecting(source, spec).restoreEnumerator(context, state);
    }

    /**
     * Returns the source with the properties of JDBC as they are on this machine, where its key
     * stores are.
     */
    private static MySqlSource<BinlogEvent> connecting(
            MySqlSource<BinlogEvent> source, CdcSpec spec) {
        source.getConfigFactory().jdbcProperties(BinlogSource.jdbc(spec));
        return source;
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
