package io.iotdbmigrate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.CdcConfig.ServerIdRange;
import io.iotdbmigrate.config.CdcConfig.SpecificPosition;
import io.iotdbmigrate.config.CdcConfig.StartupMode;
import io.iotdbmigrate.config.CutoverConfig.Hooks;
import io.iotdbmigrate.config.CutoverConfig.Pause;
import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.config.LookupConfig.OnRename;
import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.config.MySqlConfig.TlsMode;
import io.iotdbmigrate.config.RowPolicies.OnCascade;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.config.TableConfig.ColumnConfig;
import io.iotdbmigrate.config.where.IllegalConditionException;
import io.iotdbmigrate.config.where.WhereConfig;
import io.iotdbmigrate.config.yaml.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigEveryKeyTest {
    static final String YAML =
            """
name: plant-2
env: prod
mode: cdc
connections:
  mysql:
    host: db
    port: 3307
    user: migrator
    password: secret1
    database: testdb
    time_zone: Asia/Hong_Kong
    tls:
      mode: VERIFY_IDENTITY
      ca_file: /nowhere/mysql-ca.pem
      cert_file: /nowhere/client.pem
      key_file: /nowhere/client.key
    properties: {connectTimeout: "5000", tcpKeepAlive: true, sessionVariables: ""}
    binlog_host: primary
    binlog_port: 3308
  iotdb:
    nodes: [iotdb-1:6667, "[::1]:6668"]
    user: writer
    password: secret2
    tls: {enabled: true, trust_store: /etc/ssl/iotdb.jks, trust_store_password: secret3}
mysql:
  tables:
    - name: record_ambience
      columns:
        - {name: id, type: BIGINT, primary: true, auto_increment: true}
        - {name: createdAt, type: DATETIME(3)}
    - name: kiln
  partitioning:
    {column: id, lower_bound: -1, upper_bound: 18446744073709551615, num: 100}
  cdc:
    startup_mode: specific
    specific: {file: mysql-bin.000003, pos: 5_000_000_000}
    gtid_set: 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5
    timestamp: 2026-11-22T08:00:00+08:00
    server_id: 5400-5404
    server_time_zone: Asia/Hong_Kong
    heartbeat_interval: 500ms
iotdb:
  storage_groups: [root.kanban, root.`kiln-2`]
  lookups:
    itemid: {table: items, key: id, on_rename: fork}
    itemid.hostid: {table: other.hosts, key: hostid}
  mappings:
    - table: record_ambience
      device_field: deviceId
      timestamp_field: createdAt
      where: Quality=192 and note in ('a','it''s')
      timestamp_unit: us
      device_template: root.kanban.{site}.device_{deviceId}
      aligned: false
      append_only: false
      on_update: version
      on_delete: mark
      on_partition_drop: ignore
      on_cascade: fail
      on_duplicate: first
      measurements:
        - {name: reading, field: value, type: double, encoding: gorilla, compression: lz4}
        - {name: "a b"}
    - table: kiln
      timestamp_field: at
      device_template: root.`kiln-2`.{a.b}
      on_update: ignore
      on_delete: ignore
      on_duplicate: fail
      measurements: all
backfill: {parallelism: 4, chunk_rows: 5000, rate_limit: 20000}
sink: {batch_rows: 500, max_buffered: 1GiB, retries: 0}
rejected_rows: {max: 0}
flink:
  checkpoint_interval: 2m
  checkpoint_dir: file:///var/lib/checkpoints
  restart: {initial_backoff: 5s, max_backoff: 1h, attempts: 3}
cutover:
  pause: hook
  hooks: {pause: ./pause.sh, resume: ./resume.sh, switch: ./switch.sh}
  max_lag: 0s
  drain_timeout: 5m
  verify: full
""";

    private final MigrationConfig config = ConfigTexts.load(YAML);

    @Test
    void readsNameEnvAndMode() {
        assertThat(config.name()).isEqualTo("plant-2");
        assertThat(config.env()).isEqualTo("prod");
        assertThat(config.mode()).isEqualTo(MigrationConfig.Mode.CDC);
    }

    @Test
    void readsTheConnections() {
        assertThat(config.mysql())
                .isEqualTo(
                        new MySqlConfig(
                                "db",
                                3307,
                                "migrator",
                                new Secret("secret1"),
                                "testdb",
                                ZoneId.of("Asia/Hong_Kong"),
                                new MySqlConfig.Tls(
                                        TlsMode.VERIFY_IDENTITY,
                                        new PemFile("/nowhere/mysql-ca.pem", null),
                                        new PemFile("/nowhere/client.pem", null),
                                        new PemFile("/nowhere/client.key", null)),
                                Map.of(
                                        "connectTimeout", "5000",
                                        "tcpKeepAlive", "true",
                                        "sessionVariables", ""),
                                new MySqlConfig.Place("primary", 3308)));
        assertThat(config.atOrigin().mysql().address()).isEqualTo("primary:3308");
        assertThat(config.iotdb())
                .isEqualTo(
                        new IotdbConfig(
                                List.of("iotdb-1:6667", "[::1]:6668"),
                                "writer",
                                new Secret("secret2"),
                                new IotdbConfig.Tls(
                                        true, "/etc/ssl/iotdb.jks", new Secret("secret3"))));
    }

    @Test
    void readsTheSource() {
        assertThat(config.tables())
                .containsExactly(
                        new TableConfig(
                                "record_ambience",
                                List.of(
                                        new ColumnConfig("id", "BIGINT", true, true),
                                        new ColumnConfig(
                                                "createdAt", "DATETIME(3)", false, false))),
                        new TableConfig("kiln", List.of()));
        assertThat(config.partitioning())
                .isEqualTo(
                        new PartitioningConfig(
                                "id",
                                BigInteger.valueOf(-1),
                                new BigInteger("18446744073709551615"),
                                100));
        assertThat(config.cdc())
                .isEqualTo(
                        new CdcConfig(
                                StartupMode.SPECIFIC,
                                new SpecificPosition("mysql-bin.000003", 5_000_000_000L),
                                "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5",
                                Instant.parse("2026-11-22T00:00:00Z"),
                                new ServerIdRange(5400, 5404),
                                Duration.ofMillis(500)));
    }

    private static WhereConfig where() {
        try {
            return WhereConfig.parse("Quality = 192 AND note IN ('a', 'it''s')");
        } catch (IllegalConditionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readsTheMappings() {
        assertThat(config.databases()).containsExactly("root.kanban", "root.`kiln-2`");
        assertThat(config.lookups())
                .containsExactly(
                        new LookupConfig("itemid", "items", "id", OnRename.FORK),
                        new LookupConfig("itemid.hostid", "other.hosts", "hostid", OnRename.FAIL));
        assertThat(config.mappings())
                .containsExactly(
                        new MappingConfig(
                                "record_ambience",
                                null,
                                "deviceId",
                                TimeConfig.of("createdAt", TimestampUnit.US),
                                where(),
                                "root.kanban.{site}.device_{deviceId}",
                                false,
                                new RowPolicies(
                                        OnUpdate.VERSION,
                                        OnDelete.MARK,
                                        OnPartitionDrop.IGNORE,
                                        OnCascade.FAIL,
                                        OnDuplicate.FIRST),
                                false,
                                List.of(
                                        new MeasurementConfig(
                                                "reading", "value", "DOUBLE", "GORILLA", "LZ4"),
                                        new MeasurementConfig("a b", "a b", null, null, null)),
                                null),
                        new MappingConfig(
                                "kiln",
                                null,
                                null,
                                TimeConfig.of("at", null),
                                null,
                                "root.`kiln-2`.{a.b}",
                                true,
                                new RowPolicies(
                                        OnUpdate.IGNORE,
                                        OnDelete.IGNORE,
                                        OnPartitionDrop.FAIL,
                                        OnCascade.FAIL,
                                        OnDuplicate.FAIL),
                                true,
                                List.of(),
                                null));
    }

    @Test
    void readsHowTheJobsRun() {
        assertThat(config.backfill()).isEqualTo(new BackfillConfig(4, 5000, 20_000));
        assertThat(config.sink()).isEqualTo(new SinkConfig(500, 1L << 30, 0));
        assertThat(config.rejectedRows()).isEqualTo(new RejectedRowsConfig(0));
        assertThat(config.flink())
                .isEqualTo(
                        new FlinkConfig(
                                Duration.ofMinutes(2),
                                "file:///var/lib/checkpoints",
                                new FlinkConfig.Restart(
                                        Duration.ofSeconds(5), Duration.ofHours(1), 3)));
        assertThat(config.cutover())
                .isEqualTo(
                        new CutoverConfig(
                                Pause.HOOK,
                                new Hooks("./pause.sh", "./resume.sh", "./switch.sh"),
                                Duration.ZERO,
                                Duration.ofMinutes(5),
                                Verify.FULL));
    }

    @Test
    void canTravelToTaskManagers() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(config);
        }
        assertThat(bytes.size()).isPositive();
    }
}
