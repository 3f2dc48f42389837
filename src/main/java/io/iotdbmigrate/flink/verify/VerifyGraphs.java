package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.backfill.BackfillSource;
import io.iotdbmigrate.flink.backfill.RowBlock;
import io.iotdbmigrate.flink.io.ChainedSerializer;
import io.iotdbmigrate.flink.io.RecordType;
import io.iotdbmigrate.verify.SideRow;
import io.iotdbmigrate.verify.SideRow.Side;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The two jobs of a comparison. */
public final class VerifyGraphs {
    /** What the vertices that read begin with. */
    public static final String READ_MYSQL = "read MySQL";

    public static final String READ_IOTDB = "read IoTDB";

    private static final TypeInformation<byte[]> BYTES =
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    private static final TypeInformation<Tuple2<Long, SideRow>> KEYED =
            Types.TUPLE(Types.LONG, new RecordType<>(SideRow.class, new SideRowSerializer()));

    private VerifyGraphs() {}

    /** Reads both sides once, side by side, and leaves their sums in the work folder. */
    public static void sums(StreamExecutionEnvironment env, VerifySpec spec) {
        env.setParallelism(spec.parallelism());
        SingleOutputStreamOperator<byte[]> mysql =
                mysql(env, spec, null)
                        .transform("sum MySQL", BYTES, new SumOperator(spec, Side.MYSQL))
                        .uid("mysql-sums");
        SingleOutputStreamOperator<byte[]> iotdb =
                iotdb(env, spec, null)
                        .transform("sum IoTDB", BYTES, new SumOperator(spec, Side.IOTDB))
                        .uid("iotdb-sums");
        keep(mysql.union(iotdb), VerifyFiles.sums(spec));
    }

    /** Reads what the focus names of both sides, and leaves what differs in the work folder. */
    public static void rows(StreamExecutionEnvironment env, VerifySpec spec, DrillDown focus) {
        env.setParallelism(spec.parallelism());
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        DataStream<Tuple2<Long, SideRow>> mysql =
                mysql(env, spec, focus)
                        .flatMap(new DrillDownFunction(spec, focus, Side.MYSQL))
                        .returns(KEYED)
                        .uid("mysql-rows");
        DataStream<Tuple2<Long, SideRow>> iotdb =
                iotdb(env, spec, focus)
                        .flatMap(new DrillDownFunction(spec, focus, Side.IOTDB))
                        .returns(KEYED)
                        .uid("iotdb-rows");
        DataStream<byte[]> results =
                mysql.union(iotdb)
                        .keyBy(row -> row.f0, Types.LONG)
                        .process(new CompareFunction(spec.rules()))
                        .returns(BYTES)
                        .name("compare rows")
                        .uid("compare-rows");
        keep(results, VerifyFiles.results(spec));
    }

    private static DataStream<RowBlock> mysql(
            StreamExecutionEnvironment env, VerifySpec spec, @Nullable DrillDown focus) {
        return env.fromSource(
                        BackfillSource.readingOnly(
                                spec.source(), focus == null ? null : focus.chunks()),
                        WatermarkStrategy.noWatermarks(),
                        READ_MYSQL,
                        new RecordType<>(RowBlock.class, new ChainedSerializer<>()))
                .uid("mysql-source");
    }

    private static DataStream<RowBlock> iotdb(
            StreamExecutionEnvironment env, VerifySpec spec, @Nullable DrillDown focus) {
        return env.fromSource(
                        new PointSource(spec, focus),
                        WatermarkStrategy.noWatermarks(),
                        READ_IOTDB,
                        new RecordType<>(RowBlock.class, new ChainedSerializer<>()))
                .uid("iotdb-source");
    }

    private static void keep(DataStream<byte[]> records, Path file) {
        records.global()
                .transform("keep", Types.VOID, new RecordFileOperator(file))
                .uid("keep")
                .setParallelism(1)
                .setMaxParallelism(1);
    }
}
