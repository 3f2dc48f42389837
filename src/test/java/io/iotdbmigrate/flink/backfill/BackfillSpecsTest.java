package io.iotdbmigrate.flink.backfill;

import static io.iotdbmigrate.mapping.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.IotdbConfig;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.config.SinkConfig;
import io.iotdbmigrate.config.yaml.Secret;
import io.iotdbmigrate.mapping.Columns;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.mysql.ChunkSql;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must be the same for a backfill to be continued from its checkpoint. */
class BackfillSpecsTest {
    private static final TableId TABLE = new TableId("plant", "reading");
    private static final Column KEY =
            new Column("code", Columns.type("varchar(20)"), false, "utf8mb4", "utf8mb4_bin");
    private static final TableMapping MAPPING =
            new MappingBuilder("root.plant.{dev}", "ts")
                    .measurement("v")
                    .plan(
                            TimePrecision.MS,
                            column("dev", "varchar(20)"),
                            column("ts", "datetime(3)"),
                            column("v", "double"));

    @Test
    void isTheSameForTheSameTables() {
        assertThat(fingerprint(spec(sql(TABLE, "k", KEY), 50_000)))
                .isEqualTo(fingerprint(spec(sql(TABLE, "k", KEY), 50_000)))
                .matches("[0-9a-f]{32}");
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("another table", sql(new TableId("plant", "history"), "k", KEY), 50_000),
                change("another database", sql(new TableId("works", "reading"), "k", KEY), 50_000),
                change("another key", sql(TABLE, "k2", KEY), 50_000),
                change(
                        "another order of the key",
                        sql(
                                TABLE,
                                "k",
                                new Column(
                                        "code",
                                        KEY.type(),
                                        false,
                                        "utf8mb4",
                                        "utf8mb4_0900_ai_ci")),
                        50_000),
                change(
                        "another type of the key",
                        sql(
                                TABLE,
                                "k",
                                new Column(
                                        "code",
                                        Columns.type("int"),
                                        false,
                                        "utf8mb4",
                                        "utf8mb4_bin")),
                        50_000),
                change("other chunks", sql(TABLE, "k", KEY), 10_000));
    }

    private static Arguments change(String what, ChunkSql sql, int chunkRows) {
        return Arguments.of(what, spec(sql, chunkRows));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void changesWithWhatAChunkMeans(String what, BackfillSpec changed) {
        assertThat(fingerprint(changed))
                .isNotEqualTo(fingerprint(spec(sql(TABLE, "k", KEY), 50_000)));
    }

    private static String fingerprint(BackfillSpec spec) {
        return BackfillSpecs.fingerprint(spec);
    }

    private static ChunkSql sql(TableId table, String key, Column column) {
        return new ChunkSql(table, key, List.of(column));
    }

    private static BackfillSpec spec(ChunkSql sql, int chunkRows) {
        return new BackfillSpec(
                "plant",
                "run",
                new MySqlConfig(
                        "db.example",
                        3306,
                        "reader",
                        new Secret("secret"),
                        "plant",
                        ZoneOffset.UTC,
                        new MySqlConfig.Tls(MySqlConfig.TlsMode.DISABLED),
                        Map.of()),
                new IotdbConfig(
                        List.of("iotdb.example:6667"),
                        "root",
                        new Secret("secret"),
                        new IotdbConfig.Tls(false, null, null)),
                List.of(new BackfillSpec.Table(MAPPING, sql, 0, true)),
                List.of(),
                List.of("root.plant"),
                1,
                chunkRows,
                0,
                new SinkConfig(1_000, 1_000_000, 3),
                0,
                null,
                "file:///tmp/work");
    }
}
