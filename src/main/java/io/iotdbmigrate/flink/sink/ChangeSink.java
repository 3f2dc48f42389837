package io.iotdbmigrate.flink.sink;

import io.iotdbmigrate.flink.CdcSpec;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.TreeTarget;
import io.iotdbmigrate.model.Change;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.SharedPoints;
import io.iotdbmigrate.mysql.UnitPoints;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies changes to IoTDB. Whatever it does may be done again, in the same order. */
public final class ChangeSink implements Sink<Change> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ChangeSink.class);

    private final CdcSpec spec;

    public ChangeSink(CdcSpec spec) {
        this.spec = spec;
    }

    @Override
    public SinkWriter<Change> createWriter(WriterInitContext context) {
        context.getUserCodeClassLoader()
                .registerReleaseHookIfAbsent("mysql", MySqlConnections::release);
        return new ChangeWriter(
                spec,
                new TreeTarget(new Retries(spec.iotdb(), spec.sink().retries(), LOG::warn)),
                new UnitPoints(spec.mappings(), new SharedPoints(spec.mysql())),
                context.metricGroup(),
                context.getProcessingTimeService());
    }

    @Override
    @Deprecated
    public SinkWriter<Change> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls the other one");
    }
}
