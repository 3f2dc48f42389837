package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of key: no row is read twice or missed, whatever the chunks are cut along. */
@ExtendWith(ServersExtension.class)
class KeyKindsIT {
    private static final int ROWS = 500;

    /** Name, definition of the key columns and keys, and the key columns' values for row n. */
    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of("dense integers", "k INT PRIMARY KEY", "n"),
                Arguments.of("negative to positive", "k INT PRIMARY KEY", "n - 250"),
                Arguments.of("gaps", "k BIGINT PRIMARY KEY", "n * n * 1000003"),
                Arguments.of("one row far away", "k BIGINT PRIMARY KEY", "IF(n = 499, 1 << 62, n)"),
                Arguments.of(
                        "unsigned BIGINT to its top",
                        "k BIGINT UNSIGNED PRIMARY KEY",
                        "18446744073709551615 - n * 3"),
                Arguments.of("tiny integers", "k SMALLINT UNSIGNED PRIMARY KEY", "65535 - n"),
                Arguments.of(
                        "strings, case and accents ignored",
                        "k VARCHAR(40) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY",
                        "CONCAT(ELT(1 + n % 4, 'é', 'A', 'b', 'ß'), MD5(n))"),
                Arguments.of(
                        "latin1 strings",
                        "k VARCHAR(40) CHARACTER SET latin1 COLLATE latin1_swedish_ci PRIMARY KEY",
                        "CONCAT(ELT(1 + n % 4, 'å', 'A', 'z', 'ö'), MD5(n))"),
                Arguments.of(
                        "binary collation",
                        "k VARCHAR(40) COLLATE utf8mb4_bin PRIMARY KEY",
                        "CONCAT(IF(n % 2, 'a', 'A'), n)"),
                Arguments.of(
                        "quotes and backslashes",
                        "k VARCHAR(40) PRIMARY KEY",
                        "CONCAT(ELT(1 + n % 3, '''', '\\\\', '\"'), n)"),
                Arguments.of("binary uuid", "k BINARY(16) PRIMARY KEY", "UNHEX(MD5(n))"),
                Arguments.of(
                        "decimals", "k DECIMAL(30,10) PRIMARY KEY", "n / 7 - 12345678901234567"),
                Arguments.of(
                        "datetimes",
                        "k DATETIME(6) PRIMARY KEY",
                        "TIMESTAMPADD(MICROSECOND, n, '2024-03-31 01:59:59.999900')"),
                Arguments.of(
                        "timestamps",
                        "k TIMESTAMP(3) PRIMARY KEY",
                        "TIMESTAMPADD(SECOND, n * 60, '2024-03-31 00:00:00')"),
                Arguments.of(
                        "dates", "k DATE PRIMARY KEY", "DATE_ADD('2024-01-01', INTERVAL n DAY)"),
                Arguments.of(
                        "composite of string and time",
                        "k VARCHAR(10), k2 DATETIME(3), PRIMARY KEY (k, k2)",
                        "CONCAT('d', n % 3), TIMESTAMPADD(SECOND, n, '2024-01-01')"),
                Arguments.of(
                        "composite of three",
                        "k INT, k2 VARCHAR(9), k3 BIGINT UNSIGNED, PRIMARY KEY (k, k2, k3)",
                        "n % 2, CONCAT('x', n % 5), 18446744073709551615 - n"),
                Arguments.of("no key", "k INT", "n"),
                Arguments.of(
                        "unique key only", "k INT, k2 INT NOT NULL, UNIQUE (k2)", "n, 1000 - n"),
                Arguments.of(
                        "a nullable unique key is none",
                        "k INT NULL, UNIQUE (k)",
                        "IF(n > 5, n, NULL)"),
                Arguments.of("an index of few values", "k INT NOT NULL, KEY (k)", "n % 3"),
                Arguments.of(
                        "enum key",
                        "k ENUM('b','a','c') NOT NULL, k2 INT NOT NULL, PRIMARY KEY (k, k2)",
                        "1 + n % 3, n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void everyRowArrivesAndIsReadOnce(
            String name, String keys, String values, TestDatabase database, @TempDir Path state)
            throws Exception {
        String columns = keys.contains("k2") ? keyColumns(keys) : "k";
        database.execute(
                "SET SESSION time_zone = '+00:00'",
                "CREATE TABLE t (" + keys + ", dev INT NOT NULL, ts BIGINT NOT NULL, v INT)",
                "INSERT INTO t ("
                        + columns
                        + ", dev, ts, v) WITH RECURSIVE r(n) AS (SELECT 0 UNION"
                        + " ALL SELECT n + 1 FROM r WHERE n < "
                        + (ROWS - 1)
                        + ") SELECT "
                        + values
                        + ", n % 7, n * 1000, n FROM r");
        Migration migration =
                new Migration(
                        database,
                        state,
                        """
                        - table: t
                          device_field: dev
                          timestamp_field: ts
                          timestamp_unit: ms
                          device_template: DB.d{dev}
                          measurements: [{name: v}]
                        """,
                        "backfill: {parallelism: 3, chunk_rows: 37}");

        BackfillOutcome.Report report = migration.backfill();

        assertThat(report.rows()).isEqualTo(ROWS);
        assertThat(report.tables().get(0).points()).isEqualTo(ROWS);
        assertThat(report.tables().get(0).collapsed()).isZero();
        assertThat(migration.contents())
                .isEqualTo(
                        Contents.expected(
                                database,
                                "SELECT CONCAT('"
                                        + database.iotdbDatabase()
                                        + ".d', dev), ts, 'v', 'INT32', v FROM t"));
    }

    private static String keyColumns(String keys) {
        return keys.contains("k3") ? "k, k2, k3" : "k, k2";
    }

    @org.junit.jupiter.api.Test
    void anEmptyTableIsFine(TestDatabase database, @TempDir Path state) throws Exception {
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts DATETIME, v INT)");
        Migration migration =
                new Migration(
                        database,
                        state,
                        """
                        - table: t
                          device_field: dev
                          timestamp_field: ts
                          device_template: DB.d{dev}
                          measurements: [{name: v}]
                        """,
                        "");

        BackfillOutcome.Report report = migration.backfill();

        assertThat(report.rows()).isZero();
        assertThat(report.position()).isNotNull();
        assertThat(migration.contents().size()).isZero();
    }
}
