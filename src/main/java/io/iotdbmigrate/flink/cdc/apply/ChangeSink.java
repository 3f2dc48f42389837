package io.iotdbmigrate.flink.cdc.apply;

import io.iotdbmigrate.flink.cdc.CdcMetrics;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.flink.cdc.FollowedTables;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Change;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.rows.DuplicateRows;
import io.iotdbmigrate.mysql.rows.UnitPoints;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** A sink that applies changes to IoTDB. Whatever it does may be done again, in the same order. */
public final class ChangeSink implements Sink<Change> {
    private static final long serialVersionUID = 1L;

    private final CdcSpec spec;

    public ChangeSink(CdcSpec spec) {
        this.spec = spec;
    }

    @Override
    public SinkWriter<Change> createWriter(WriterInitContext context) throws IOException {
        CdcSpec now = new FollowedTables(spec).now();
        context.getUserCodeClassLoader()
                .registerReleaseHookIfAbsent("mysql", MySqlConnections::release);
        Retries iotdb = Retries.of(spec.iotdb(), spec.sink());
        context.metricGroup().gauge(CdcMetrics.IOTDB_WAIT, iotdb::waitingMillis);
        return new ChangeWriter(
                now,
                Targets.open(iotdb),
                new UnitPoints(
                        now.mappings().stream().map(TableMapping::withAttributesInRows).toList(),
                        DuplicateRows.behindBinlog(now.mysql())),
                context.metricGroup(),
                context.getProcessingTimeService());
    }

    @Override
    @Deprecated
    public SinkWriter<Change> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls the other one");
    }
}
