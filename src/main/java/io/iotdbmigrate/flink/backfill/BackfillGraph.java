package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.flink.io.ChainedSerializer;
import io.iotdbmigrate.flink.io.RecordType;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job graph of a backfill: chunks are read, mapped and written in one chain; a ledger closes
 * the job.
 */
public final class BackfillGraph {
    private BackfillGraph() {}

    /** Adds the job to the environment. */
    public static void build(StreamExecutionEnvironment env, BackfillSpec spec) {
        env.setParallelism(spec.parallelism());
        env.fromSource(
                        new BackfillSource(spec),
                        WatermarkStrategy.noWatermarks(),
                        "read MySQL",
                        new RecordType<>(RowBlock.class, new ChainedSerializer<>()))
                .uid("backfill-source")
                .sinkTo(new BackfillSink(spec))
                .name("write IoTDB")
                .uid("iotdb-sink");
    }
}
