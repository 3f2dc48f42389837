package io.iotdbmigrate.bench;

import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.BinlogEvent;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.flink.cdc.binlog.BinlogSource;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.plan.MigrationPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Reads row events with the tool's source and throws them away. Prints the events a second, from
 * the first to the last. Arguments: a config, binlog file, offset, GTID set, how many events.
 */
public final class RawBinlog {
    private static final CompletableFuture<Void> END = new CompletableFuture<>();
    private static volatile long wanted;
    private static volatile long begin;
    private static volatile long end;
    private static long seen;

    private RawBinlog() {}

    public static void main(String[] args) throws Exception {
        MigrationConfig config = ConfigLoader.load(Path.of(args[0]), System.getenv());
        wanted = Long.parseLong(args[4]);
        CdcSpec spec;
        try (BinlogServer server = new BinlogServer(config.mysql())) {
            spec =
                    CdcSpecs.of(
                            config,
                            MigrationPlan.of(config, List.of()),
                            server,
                            new CdcStart.At(
                                    new BinlogPosition(args[1], Long.parseLong(args[2]), args[3]),
                                    Map.of()),
                            Files.createTempDirectory("raw-binlog").toUri().toString());
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        env.fromSource(BinlogSource.of(spec), WatermarkStrategy.noWatermarks(), "binlog")
                .map(RawBinlog::count)
                .returns(Types.LONG)
                .sinkTo(new DiscardingSink<>());
        JobClient job = env.executeAsync("raw binlog");
        // A job that fails ends the wait, too.
        CompletableFuture.anyOf(END, job.getJobExecutionResult()).get();
        System.out.printf(
                Locale.ROOT,
                "{\"events\": %d, \"events_per_second\": %.1f}%n",
                wanted,
                (wanted - 1) * 1e9 / (end - begin));
        System.out.flush();
        job.cancel().get();
        System.exit(0);
    }

    /** In the source's own thread. */
    private static long count(BinlogEvent event) {
        if (seen++ == 0) {
            begin = System.nanoTime();
        }
        if (seen == wanted) {
            end = System.nanoTime();
            END.complete(null);
        }
        return event.position().offset();
    }
}
