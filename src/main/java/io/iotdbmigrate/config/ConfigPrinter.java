package io.iotdbmigrate.config;

import io.iotdbmigrate.config.yaml.Scalars;
import io.iotdbmigrate.config.yaml.Units;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import org.yaml.snakeyaml.serializer.Serializer;

/**
 * A printer that shows a config as YAML with every default filled in. Secrets and driver
 * properties, which may hold some, are masked.
 */
public final class ConfigPrinter {
    private static final String MASK = "****";

    private ConfigPrinter() {}

    public static String print(MigrationConfig config) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(200);
        return dump(options, root(config));
    }

    /**
     * Writes it as the class Yaml does. That makes a constructor of objects, too, for which Java
     * looks into each jar.
     */
    private static String dump(DumperOptions options, Map<String, Object> root) {
        StringWriter text = new StringWriter();
        Representer representer = new Representer(options);
        representer.setDefaultFlowStyle(options.getDefaultFlowStyle());
        Serializer serializer =
                new Serializer(new Emitter(text, options), new Resolver(), options, null);
        try {
            serializer.open();
            serializer.serialize(representer.represent(root));
            serializer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Map<String, Object> root(MigrationConfig config) {
        return map(
                "name", config.name(),
                "env", config.env(),
                "mode", config.mode(),
                "connections", map("mysql", mysql(config.mysql()), "iotdb", iotdb(config.iotdb())),
                "mysql",
                        map(
                                "tables",
                                        config.tables().stream().map(ConfigPrinter::table).toList(),
                                "partitioning", partitioning(config.partitioning()),
                                "cdc", cdc(config.cdc())),
                "iotdb",
                        map(
                                "model",
                                config.iotdb().database() == null ? null : "table",
                                "database",
                                config.iotdb().database(),
                                "storage_groups",
                                config.iotdb().database() == null ? config.databases() : null,
                                "lookups",
                                lookups(config.lookups()),
                                "mappings",
                                config.mappings().stream().map(ConfigPrinter::mapping).toList()),
                "backfill",
                        map(
                                "parallelism", config.backfill().parallelism(),
                                "chunk_rows", config.backfill().chunkRows(),
                                "rate_limit", config.backfill().rateLimit()),
                "sink",
                        map(
                                "batch_rows", config.sink().batchRows(),
                                "max_buffered", Units.sizeText(config.sink().maxBufferedBytes()),
                                "retries", config.sink().retries()),
                "rejected_rows", map("max", config.rejectedRows().max()),
                "flink", flink(config.flink()),
                "cutover", cutover(config.cutover()));
    }

    private static Map<String, Object> mysql(MySqlConfig mysql) {
        Map<String, String> properties =
                mysql.properties().keySet().stream()
                        .sorted()
                        .collect(
                                Collectors.toMap(
                                        key -> key, key -> MASK, (a, b) -> a, LinkedHashMap::new));
        return map(
                "host", mysql.host(),
                "port", mysql.port(),
                "user", mysql.user(),
                "password", MASK,
                "database", mysql.database(),
                "time_zone", mysql.timeZone().getId(),
                "tls", tls(mysql.tls()),
                "properties", properties,
                "binlog_host", mysql.binlog() == null ? null : mysql.binlog().host(),
                "binlog_port", mysql.binlog() == null ? null : mysql.binlog().port());
    }

    private static Map<String, Object> tls(MySqlConfig.Tls tls) {
        return map(
                "mode", tls.mode(),
                "ca_file", path(tls.ca()),
                "cert_file", path(tls.cert()),
                "key_file", path(tls.key()));
    }

    private static @Nullable String path(@Nullable PemFile file) {
        return file == null ? null : file.path();
    }

    private static Map<String, Object> iotdb(IotdbConfig iotdb) {
        IotdbConfig.Tls tls = iotdb.tls();
        return map(
                "nodes", iotdb.nodes(),
                "user", iotdb.user(),
                "password", MASK,
                "tls",
                        map(
                                "enabled", tls.enabled(),
                                "trust_store", tls.trustStore(),
                                "trust_store_password",
                                        tls.trustStorePassword() == null ? null : MASK));
    }

    private static Map<String, Object> table(TableConfig table) {
        return map(
                "name",
                table.name(),
                "columns",
                table.columns().stream()
                        .map(
                                column ->
                                        map(
                                                "name", column.name(),
                                                "type", column.type(),
                                                "primary", column.primary(),
                                                "auto_increment", column.autoIncrement()))
                        .toList());
    }

    private static @Nullable Map<String, Object> partitioning(@Nullable PartitioningConfig hints) {
        return hints == null
                ? null
                : map(
                        "column", hints.column(),
                        "lower_bound", hints.lowerBound(),
                        "upper_bound", hints.upperBound(),
                        "num", hints.num());
    }

    private static Map<String, Object> cdc(CdcConfig cdc) {
        CdcConfig.SpecificPosition specific = cdc.specific();
        CdcConfig.ServerIdRange id = cdc.serverId();
        return map(
                "startup_mode",
                cdc.startupMode(),
                "specific",
                specific == null ? null : map("file", specific.file(), "pos", specific.pos()),
                "gtid_set",
                cdc.gtidSet(),
                "timestamp",
                cdc.timestamp() == null ? null : cdc.timestamp().toString(),
                "server_id",
                id == null ? null : id.first() + "-" + id.last(),
                "heartbeat_interval",
                Units.text(cdc.heartbeatInterval()));
    }

    private static @Nullable Map<String, Object> lookups(List<LookupConfig> lookups) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (LookupConfig lookup : lookups) {
            all.put(
                    lookup.name(),
                    map(
                            "table",
                            lookup.table(),
                            "key",
                            lookup.key(),
                            "on_rename",
                            lookup.onRename()));
        }
        return all.isEmpty() ? null : all;
    }

    private static Map<String, Object> mapping(MappingConfig mapping) {
        TargetTableConfig target = mapping.target();
        List<Map<String, Object>> measurements =
                mapping.measurements().stream()
                        .map(
                                measurement ->
                                        map(
                                                "name", measurement.name(),
                                                "field", measurement.field(),
                                                "type", measurement.type(),
                                                "encoding", measurement.encoding(),
                                                "compression", measurement.compression(),
                                                "on_invalid", measurement.onInvalid()))
                        .toList();
        return map(
                "table",
                mapping.tables() == null ? mapping.table() : null,
                "tables",
                mapping.tables() == null ? null : tables(mapping.tables()),
                "device_field",
                mapping.deviceField(),
                "timestamp_field",
                oneOrAll(mapping.time().fields()),
                "timestamp_unit",
                oneOrAll(mapping.time().units().stream().map(Scalars::lowerCase).toList()),
                "timestamp_format",
                mapping.time().format(),
                "where",
                mapping.where() == null ? null : mapping.where().text(),
                "tags",
                target == null ? null : tags(target.tags()),
                "attributes",
                target == null ? null : tags(target.attributes()),
                "target_table",
                target == null ? null : target.name(),
                "pivot",
                (target != null && target.pivot()) ? true : null,
                "device_template",
                target == null ? mapping.deviceTemplate() : null,
                "aligned",
                target == null ? mapping.aligned() : null,
                "on_update",
                mapping.onUpdate(),
                "on_delete",
                mapping.onDelete(),
                "on_partition_drop",
                mapping.onPartitionDrop(),
                "on_cascade",
                mapping.onCascade(),
                "on_duplicate",
                mapping.onDuplicate(),
                "measurements",
                mapping.allMeasurements() ? "all" : measurements);
    }

    private static @Nullable List<Object> tags(@Nullable List<TagConfig> tags) {
        return tags == null
                ? null
                : tags.stream()
                        .map(
                                tag ->
                                        tag.name() == null
                                                ? (Object) tag.field()
                                                : map("name", tag.name(), "field", tag.field()))
                        .toList();
    }

    private static Object tables(TablesConfig tables) {
        return tables.isPattern() ? tables.names().get(0) : tables.names();
    }

    /** Returns a list of one item as that item. */
    private static Object oneOrAll(List<String> items) {
        return items.size() == 1 ? items.get(0) : items;
    }

    private static Map<String, Object> flink(FlinkConfig flink) {
        return map(
                "checkpoint_interval",
                        flink.checkpointInterval() == null
                                ? null
                                : Units.text(flink.checkpointInterval()),
                "checkpoint_dir", flink.checkpointDir(),
                "restart",
                        map(
                                "initial_backoff", Units.text(flink.restart().initialBackoff()),
                                "max_backoff", Units.text(flink.restart().maxBackoff()),
                                "attempts", flink.restart().attempts()));
    }

    private static Map<String, Object> cutover(CutoverConfig cutover) {
        return map(
                "pause", cutover.pause(),
                "hooks",
                        map(
                                "pause", cutover.hooks().pause(),
                                "resume", cutover.hooks().resume(),
                                "switch", cutover.hooks().switchOver()),
                "max_lag", Units.text(cutover.maxLag()),
                "drain_timeout", Units.text(cutover.drainTimeout()),
                "verify", cutover.verify());
    }

    /**
     * Makes a map of keys and values in turns; what is null or empty is left out, enums are in
     * lower case.
     */
    private static Map<String, Object> map(@Nullable Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            boolean empty =
                    value == null
                            || (value instanceof Map<?, ?> inner && inner.isEmpty())
                            || (value instanceof List<?> list && list.isEmpty());
            if (!empty) {
                map.put(
                        (String) keysAndValues[i],
                        value instanceof Enum<?> constant ? Scalars.lowerCase(constant) : value);
            }
        }
        return map;
    }
}
