package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.flink.cdc.apply.ChangeSink;
import io.iotdbmigrate.flink.cdc.binlog.BinlogSource;
import io.iotdbmigrate.flink.io.RecordType;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.Change;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The job graph of a replication: one reader of the binlog, in whose chain changes are made of the
 * events; then by device to the writers, each device always to the same one. A single writer ends
 * the reader's chain: without an exchange nothing has to be serialized.
 */
public final class CdcGraph {
    private static final TypeInformation<Change> CHANGE =
            new RecordType<>(Change.class, new ChangeSerializer());

    private CdcGraph() {}

    /** Adds the job to the environment of a cluster that it will get to know. */
    public static void build(StreamExecutionEnvironment env, CdcSpec spec) {
        build(env, spec, null);
    }

    /**
     * Adds the job to the environment.
     *
     * @param rest of the cluster, {@code http://host:port}, which knows why the job restarts; null:
     *     as its TaskManagers are configured
     */
    public static void build(StreamExecutionEnvironment env, CdcSpec spec, @Nullable String rest) {
        env.setParallelism(spec.parallelism());
        DataStream<Change> made =
                env.fromSource(
                                BinlogSource.of(spec),
                                WatermarkStrategy.noWatermarks(),
                                "read MySQL's binlog")
                        .uid("cdc-source")
                        .setParallelism(1)
                        .transform("map changes", CHANGE, new ChangeOperator(spec, rest))
                        .uid("cdc-changes")
                        .setParallelism(1)
                        .setMaxParallelism(1);
        boolean versions = spec.mappings().stream().anyMatch(m -> m.onUpdate() == OnUpdate.VERSION);
        boolean pivots = spec.mappings().stream().anyMatch(TableMapping::isPivoted);
        boolean attributes = spec.mappings().stream().anyMatch(m -> !m.attributes().isEmpty());
        boolean several = spec.parallelism() > 1;
        DataStream<Change> changes = made;
        if (versions || (several && !attributes && !pivots)) {
            KeyedStream<Change, String> byDevice = made.keyBy(change -> change.device().path());
            changes = versions ? numbered(byDevice, spec, attributes) : byDevice;
        }
        if (attributes) {
            changes = changes.partitionCustom(new AttributeChanges.ByWriter(), byWriter(pivots));
        } else if (pivots && several) {
            changes = changes.keyBy(byWriter(true));
        }
        changes.sinkTo(new ChangeSink(spec)).name("write IoTDB").uid("cdc-sink");
    }

    /**
     * Returns what changes have to have in common to go to one writer.
     *
     * @param pivots whether some are values of one row in IoTDB, which are written anew together
     */
    private static KeySelector<Change, String> byWriter(boolean pivots) {
        return pivots
                ? change -> TagValues.textWithoutLast(change.device().path())
                : change -> change.device().path();
    }

    /**
     * Numbers corrections.
     *
     * @param inOrder whether changes of different devices are to keep their order, too
     */
    private static DataStream<Change> numbered(
            KeyedStream<Change, String> byDevice, CdcSpec spec, boolean inOrder) {
        return byDevice.process(new Versions(spec), CHANGE)
                .name("number corrections")
                .uid("cdc-versions")
                .setParallelism(inOrder ? 1 : spec.parallelism());
    }
}
