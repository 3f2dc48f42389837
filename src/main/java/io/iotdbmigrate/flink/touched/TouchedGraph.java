package io.iotdbmigrate.flink.touched;

import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.flink.cdc.binlog.BinlogSource;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job graph that finds out which rows are touched: the reader and the mapping of a replication,
 * and nothing is written. For a cluster inside this process only.
 */
public final class TouchedGraph {
    private TouchedGraph() {}

    /** Adds the job to the environment. */
    public static void build(StreamExecutionEnvironment env, CdcSpec spec, TouchedRows touched) {
        env.setParallelism(1);
        env.fromSource(
                        BinlogSource.of(spec),
                        WatermarkStrategy.noWatermarks(),
                        "read MySQL's binlog")
                .uid("touched-source")
                .transform(
                        "note touched rows",
                        Types.VOID,
                        new TouchedOperator(spec.names().columns(), spec.mappings(), touched.id()))
                .uid("touched-rows");
    }
}
