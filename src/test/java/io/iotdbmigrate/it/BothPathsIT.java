package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values that MySQL spells in one way for a SELECT and the connector in another for the binlog, in
 * tables whose names the connector changes.
 */
@ExtendWith(ServersExtension.class)
class BothPathsIT {
    private static final Stream<String> TIMES =
            Stream.of(
                            "0", "1", "-1", "23", "24", "31", "-31", "32", "-32", "63", "99",
                            "-838", "838")
                    .map(hour -> "CAST('" + hour + ":59:58.5' AS TIME(6))");

    private static final Stream<String> OTHERS =
            Stream.of(
                    "CAST('2026-05-06 07:08:09' AS DATETIME)",
                    "CAST('9999-12-31 23:59:59.999999' AS DATETIME(6))",
                    "CAST('0001-01-01 00:00:00.1' AS DATETIME(1))",
                    "CAST('2026-05-06' AS DATE)",
                    "x'ff'",
                    "CAST('ab' AS BINARY(3))",
                    "b'101'",
                    "REPEAT(x'fe', 57)",
                    "REPEAT(x'fe', 200)",
                    "''",
                    "'u\"q\\\\n\\n\\t é 温'",
                    "1.50",
                    "0.1e0",
                    "1e5",
                    "-0e0",
                    "18446744073709551615",
                    "TRUE",
                    "NULL",
                    "CAST('{\"b\": {\"a\": [1, {\"\": \"y\"}]}, \"a\": []}' AS JSON)");

    private static final String DOCUMENT =
            Stream.concat(TIMES, OTHERS).collect(Collectors.joining(", ", "JSON_ARRAY(", ")"));

    private static final String[] TABLES = {"ta ble", "温度"};

    @Test
    void giveOneValue(TestDatabase database, @TempDir Path state) throws Exception {
        for (String table : TABLES) {
            database.execute(
                    "CREATE TABLE `"
                            + table
                            + "` (dev VARCHAR(9), ts BIGINT, j JSON, n JSON NOT NULL, y YEAR, z YEAR"
                            + " NOT NULL, PRIMARY KEY (dev, ts))",
                    insert(table, "copied"));
        }
        Migration migration =
                new Migration(
                        database,
                        state,
                        IntStream.range(0, TABLES.length)
                                .mapToObj(
                                        i ->
                                                """
                                                - {table: '%s', device_field: dev,
                                                   timestamp_field: ts, timestamp_unit: ms,
                                                   device_template: 'DB.t%d.{dev}',
                                                   measurements: all}
                                                """
                                                        .formatted(TABLES[i], i))
                                .collect(Collectors.joining()),
                        "flink: {checkpoint_interval: 200ms}");
        migration.backfill();
        try (Replication cdc = migration.replicate()) {
            for (String table : TABLES) {
                database.execute(
                        insert(table, "logged"),
                        "INSERT INTO `" + table + "` VALUES ('later', 1, NULL, '1', NULL, 2000)",
                        "UPDATE `"
                                + table
                                + "` l JOIN `"
                                + table
                                + "` c ON c.dev = 'copied' SET l.j = c.j, l.n = c.n, l.y = c.y, l.z"
                                + " = c.z WHERE l.dev = 'later'");
            }
            cdc.awaitApplied();
        }
        Contents contents = migration.contents();
        for (int i = 0; i < TABLES.length; i++) {
            Map<String, String> expected =
                    Map.of("j", json(database), "n", "TEXT null", "y", "INT32 0", "z", "INT32 0");
            for (String device : new String[] {"copied", "logged", "later"}) {
                Map<String, String> actual = new TreeMap<>();
                for (String measurement : expected.keySet()) {
                    actual.put(
                            measurement,
                            contents.at(
                                    database.iotdbDatabase() + ".t" + i + "." + device,
                                    1,
                                    measurement));
                }
                assertThat(actual).as(TABLES[i] + " " + device).isEqualTo(expected);
            }
        }
        assertThat(Verification.run(migration, Verification.options()).equal()).isTrue();
    }

    private static String insert(String table, String device) {
        return "INSERT INTO `"
                + table
                + "` VALUES ('"
                + device
                + "', 1, "
                + DOCUMENT
                + ", 'null', 0, '0000')";
    }

    /** Reads MySQL's own text, written without blanks. */
    private static String json(TestDatabase database) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT j FROM `温度` WHERE dev = 'copied'")) {
            row.next();
            return "TEXT " + new JsonMapper().readTree(row.getString(1));
        }
    }
}
