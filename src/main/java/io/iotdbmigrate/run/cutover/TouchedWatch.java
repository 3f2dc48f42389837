package io.iotdbmigrate.run.cutover;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.flink.cluster.Clusters;
import io.iotdbmigrate.flink.cluster.FlinkCluster;
import io.iotdbmigrate.flink.cluster.FlinkSettings;
import io.iotdbmigrate.flink.cluster.JobFailure;
import io.iotdbmigrate.flink.touched.TouchedGraph;
import io.iotdbmigrate.flink.touched.TouchedRows;
import io.iotdbmigrate.flink.touched.TouchedRows.Touched;
import io.iotdbmigrate.flink.verify.AttributeComparison;
import io.iotdbmigrate.flink.verify.TouchedRowComparer;
import io.iotdbmigrate.flink.verify.VerifySpec;
import io.iotdbmigrate.flink.verify.VerifySpecs;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.VerifiedBase;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.run.verify.KeptHistory;
import io.iotdbmigrate.run.verify.NamedPlan;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.VerifyOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A watch that follows the binlog from a comparison's position on, and compares the rows that
 * changes touch. Used by one thread at a time.
 */
final class TouchedWatch implements AutoCloseable {
    private static final long POLL_MILLIS = 20;
    private static final int POLLS_PER_STATUS = 50;

    private final BinlogPosition from;
    private final boolean sameServer;
    private final TouchedRows touched;
    private final TouchedRowComparer look;
    private final AttributeComparison attributes;
    private final FlinkCluster cluster;
    private final JobID job;
    private long equal;

    private TouchedWatch(
            BinlogPosition from,
            boolean sameServer,
            TouchedRows touched,
            TouchedRowComparer look,
            AttributeComparison attributes,
            FlinkCluster cluster,
            JobID job) {
        this.from = from;
        this.sameServer = sameServer;
        this.touched = touched;
        this.look = look;
        this.attributes = attributes;
        this.cluster = cluster;
        this.job = job;
    }

    /** Begins to read; the caller closes it. */
    static TouchedWatch start(
            Clusters clusters,
            MigrationConfig config,
            MigrationPlan plan,
            BinlogServer server,
            VerifiedBase base)
            throws Exception {
        BinlogPosition from = base.position();
        CdcStart start = new CdcStart.At(from, base.createTable());
        CdcSpec spec = CdcSpecs.watching(config, plan, server, start, "");
        FlinkCluster cluster = clusters.open(null, 1, 0);
        TouchedRows touched = TouchedRows.open();
        try {
            JobID job = cluster.submit(graph(config, spec, touched));
            VerifySpec compared =
                    VerifySpecs.of(
                            config,
                            plan,
                            VerifyOptions.all(0, 0),
                            KeptHistory.of(config, plan),
                            "");
            TouchedRowComparer look = new TouchedRowComparer(compared, plan);
            AttributeComparison attributes =
                    new AttributeComparison(compared, () -> mappingsNow(config));
            boolean sameServer = from.server() == null || from.server().equals(server.uuid());
            return new TouchedWatch(from, sameServer, touched, look, attributes, cluster, job);
        } catch (Exception e) {
            touched.close();
            cluster.close();
            throw e;
        }
    }

    private static List<TableMapping> mappingsNow(MigrationConfig config) throws IOException {
        try (Journal journal = Journal.of(config)) {
            return NamedPlan.of(config, List.of(), journal).mappings();
        }
    }

    private static JobGraph graph(MigrationConfig config, CdcSpec spec, TouchedRows touched) {
        StreamExecutionEnvironment env =
                new StreamExecutionEnvironment(FlinkSettings.reading(config.flink()));
        TouchedGraph.build(env, spec, touched);
        StreamGraph stream = env.getStreamGraph();
        stream.setJobName("iotdb-migrate cutover " + config.name());
        return stream.getJobGraph();
    }

    /**
     * Compares the rows that no change behind a position touches, and forgets those that are equal.
     *
     * @param applied everything up to it is in IoTDB, durably
     * @return those that differ: for good, if MySQL holds no change behind the position
     * @throws io.iotdbmigrate.model.UserException if the binlog cannot be read
     */
    List<Difference> compare(ChangePosition applied) throws Exception {
        awaitSeen(applied);
        Map<RowKey, Touched> rows = touched.upTo(applied);
        List<Difference> differences = look.differences(rows);
        Map<RowKey, Touched> same = new HashMap<>(rows);
        differences.forEach(difference -> same.remove(difference.key()));
        touched.forget(same);
        equal += same.size();
        return differences;
    }

    /**
     * Compares the attributes of all devices.
     *
     * @return those that differ: for good, if MySQL holds no change that is not applied
     */
    List<Difference> attributes() throws IOException {
        return attributes.differences();
    }

    /** Returns those of some differences of attributes that are still there, as they are now. */
    List<Difference> attributesAgain(List<Difference> found) throws IOException {
        return attributes.again(found);
    }

    /** Returns the number of rows that were found equal; one that changes again counts again. */
    long equal() {
        return equal;
    }

    /** Returns the number of rows that are to be compared yet. */
    int left() {
        return touched.size();
    }

    private void awaitSeen(ChangePosition applied) throws Exception {
        for (int poll = 1; !hasSeen(applied); poll++) {
            if (poll % POLLS_PER_STATUS == 0) {
                requireRunning();
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private boolean hasSeen(ChangePosition applied) {
        // No row event stands at a position between transactions itself.
        if (sameServer && applied.isBefore(from.file(), from.offset() + 1)) {
            return true;
        }
        ChangePosition seen = touched.seen();
        return seen != null && !applied.isBehind(seen);
    }

    private void requireRunning() throws Exception {
        JobStatus status = cluster.await(job, Duration.ZERO);
        if (status.isGloballyTerminalState()) {
            throw JobFailure.explain(JobFailure.of(cluster.client(), job, status));
        }
    }

    @Override
    public void close() throws Exception {
        look.close();
        cluster.close();
        touched.close();
    }
}
