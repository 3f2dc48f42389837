package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.flink.cdc.BinlogEvent;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.mapping.ConnectorNames;
import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.mysql.BinlogInterceptor;
import io.iotdbmigrate.mysql.MySqlConnections;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.cdc.connectors.mysql.source.MySqlSource;
import org.apache.flink.cdc.connectors.mysql.source.MySqlSourceBuilder;
import org.apache.flink.cdc.connectors.mysql.source.offset.BinlogOffset;
import org.apache.flink.cdc.connectors.mysql.source.offset.BinlogOffsetBuilder;
import org.apache.flink.cdc.connectors.mysql.table.StartupOptions;

/** The MySQL CDC connector, set up for one job: one source for all mapped tables. */
public final class BinlogSource {
    /**
     * A server that says nothing for so long is taken to be gone, and connected to anew; it is
     * asked for a sign of life a little more often. The connector's own choice is a minute, and it
     * takes up to two such spans to connect anew. A reader that a slow IoTDB holds up for longer is
     * mistaken for a silent server, and reads its transaction again.
     */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /**
     * Between the thread that reads the binlog and the one that decodes. What waits there survives
     * each young collection and is copied by it, so it is a quarter of the connector's own 8192.
     */
    private static final int QUEUED_EVENTS = 2048;

    /**
     * The connector waits so long for events to fill a batch before it passes on those it has; its
     * own choice is 500 ms, by which a change would become visible later.
     */
    private static final Duration BATCH_WAIT = Duration.ofMillis(50);

    private static final long FIRST_EVENT = 4;

    private BinlogSource() {}

    /** Makes the source of a job. */
    public static Source<BinlogEvent, ?, ?> of(CdcSpec spec) {
        return new ReplayingSource(spec);
    }

    /** Makes the connector's own source. It lacks the properties of {@link #jdbc}. */
    static MySqlSource<BinlogEvent> connector(CdcSpec spec) {
        MySqlConfig mysql = spec.mysql();
        MySqlSourceBuilder<BinlogEvent> source =
                MySqlSource.<BinlogEvent>builder()
                        .hostname(mysql.host())
                        .port(mysql.port())
                        .username(mysql.user())
                        .password(mysql.password().reveal())
                        .databaseList(
                                spec.followed().stream()
                                        .map(m -> ConnectorNames.literal(m.table().database()))
                                        .distinct()
                                        .toArray(String[]::new))
                        .tableList(
                                spec.followed().stream()
                                        .map(BinlogSource::pattern)
                                        .distinct()
                                        .toArray(String[]::new))
                        .serverId(spec.serverId().first() + "-" + spec.serverId().last())
                        .serverTimeZone("UTC")
                        .includeSchemaChanges(true)
                        .heartbeatInterval(spec.heartbeat())
                        .startupOptions(startup(spec.start()))
                        .debeziumProperties(debezium(spec))
                        .deserializer(new RowEventDeserializer(spec.followed()));
        return source.build();
    }

    private static String pattern(FollowedTable followed) {
        return ConnectorNames.literal(followed.table().database())
                + "\\."
                + ConnectorNames.literal(followed.table().table());
    }

    private static StartupOptions startup(CdcStart start) {
        if (start instanceof CdcStart.At at) {
            return at(at.position().file(), at.position().offset(), at.position().gtidSet());
        }
        if (start instanceof CdcStart.Behind behind) {
            return at(behind.oldestFile(), FIRST_EVENT, behind.gtidSet());
        }
        return start instanceof CdcStart.Restored
                ? StartupOptions.latest()
                : StartupOptions.initial();
    }

    private static StartupOptions at(String file, long offset, String gtidSet) {
        BinlogOffsetBuilder builder = BinlogOffset.builder().setBinlogFilePosition(file, offset);
        if (!gtidSet.isEmpty()) {
            builder.setGtidSet(gtidSet);
        }
        return StartupOptions.specificOffset(builder.build());
    }

    /** Returns JDBC properties of the user. What the connector sets itself is left out. */
    static Properties jdbc(CdcSpec spec) {
        Properties properties = MySqlConnections.properties(spec.mysql());
        properties.remove("user");
        properties.remove("password");
        if (spec.start() instanceof CdcStart.Snapshot) {
            // Its snapshot reads dates and times from their text.
            properties.setProperty("useServerPrepStmts", "false");
            properties.putAll(BinlogInterceptor.ofSnapshot(spec.dialect()));
            return properties;
        }
        Map<String, String> noted =
                spec.start() instanceof CdcStart.At at ? at.createTable() : Map.of();
        if (spec.dialect().isForeignToConnector() || !noted.isEmpty()) {
            properties.putAll(BinlogInterceptor.properties(spec.dialect(), noted));
        }
        return properties;
    }

    private static Properties debezium(CdcSpec spec) {
        Properties properties =
                RenameWatch.properties(
                        spec.followed().stream()
                                .map(m -> m.table().database() + "." + m.table().table())
                                .collect(Collectors.toSet()));
        properties.setProperty("decimal.handling.mode", "precise");
        properties.setProperty("bigint.unsigned.handling.mode", "precise");
        properties.setProperty("time.precision.mode", "adaptive_time_microseconds");
        properties.setProperty("binary.handling.mode", "bytes");
        properties.setProperty("enable.time.adjuster", "false");
        properties.setProperty("connect.keep.alive.interval.ms", Long.toString(SILENCE.toMillis()));
        properties.setProperty("max.queue.size", Integer.toString(QUEUED_EVENTS));
        properties.setProperty("max.batch.size", Integer.toString(QUEUED_EVENTS / 4));
        properties.setProperty("poll.interval.ms", Long.toString(BATCH_WAIT.toMillis()));
        properties.setProperty("converters", "temporal,json");
        properties.setProperty("temporal.type", TemporalConverter.class.getName());
        properties.setProperty("json.type", JsonConverter.class.getName());
        properties.setProperty(
                "database.ssl.mode", spec.mysql().tls().mode().name().toLowerCase(Locale.ROOT));
        return properties;
    }
}
