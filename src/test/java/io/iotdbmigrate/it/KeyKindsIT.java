package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of key: no row is read twice or missed, whatever the chunks are cut along. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyKindsIT {
    private static final int ROWS = 500;

    /**
     * A table, by its kind of key.
     *
     * @param keys definition of the key columns and keys
     * @param values of the key columns for row n
     */
    private record Kind(String name, String keys, String values) {
        String columns() {
            return keys.contains("k3") ? "k, k2, k3" : keys.contains("k2") ? "k, k2" : "k";
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("dense integers", "k INT PRIMARY KEY", "n"),
                    new Kind("negative to positive", "k INT PRIMARY KEY", "n - 250"),
                    new Kind("gaps", "k BIGINT PRIMARY KEY", "n * n * 1000003"),
                    new Kind("one row far away", "k BIGINT PRIMARY KEY", "IF(n = 499, 1 << 62, n)"),
                    new Kind(
                            "unsigned BIGINT to its top",
                            "k BIGINT UNSIGNED PRIMARY KEY",
                            "18446744073709551615 - n * 3"),
                    new Kind("tiny integers", "k SMALLINT UNSIGNED PRIMARY KEY", "65535 - n"),
                    new Kind(
                            "strings, case and accents ignored",
                            "k VARCHAR(40) COLLATE /*!80000 utf8mb4_0900_ai_ci */ /*M! utf8mb4_uca1400_ai_ci */ PRIMARY KEY",
                            "CONCAT(ELT(1 + n % 4, 'é', 'A', 'b', 'ß'), MD5(n))"),
                    new Kind(
                            "latin1 strings",
                            "k VARCHAR(40) CHARACTER SET latin1 COLLATE latin1_swedish_ci PRIMARY KEY",
                            "CONCAT(ELT(1 + n % 4, 'å', 'A', 'z', 'ö'), MD5(n))"),
                    new Kind(
                            "binary collation",
                            "k VARCHAR(40) COLLATE utf8mb4_bin PRIMARY KEY",
                            "CONCAT(IF(n % 2, 'a', 'A'), n)"),
                    new Kind(
                            "quotes and backslashes",
                            "k VARCHAR(40) PRIMARY KEY",
                            "CONCAT(ELT(1 + n % 3, '''', '\\\\', '\"'), n)"),
                    new Kind("binary uuid", "k BINARY(16) PRIMARY KEY", "UNHEX(MD5(n))"),
                    new Kind(
                            "decimals",
                            "k DECIMAL(30,10) PRIMARY KEY",
                            "n / 7 - 12345678901234567"),
                    new Kind(
                            "datetimes",
                            "k DATETIME(6) PRIMARY KEY",
                            "TIMESTAMPADD(MICROSECOND, n, '2024-03-31 01:59:59.999900')"),
                    new Kind(
                            "timestamps",
                            "k TIMESTAMP(3) PRIMARY KEY",
                            "TIMESTAMPADD(SECOND, n * 60, '2024-03-31 00:00:00')"),
                    new Kind(
                            "dates",
                            "k DATE PRIMARY KEY",
                            "DATE_ADD('2024-01-01', INTERVAL n DAY)"),
                    new Kind(
                            "composite of string and time",
                            "k VARCHAR(10), k2 DATETIME(3), PRIMARY KEY (k, k2)",
                            "CONCAT('d', n % 3), TIMESTAMPADD(SECOND, n, '2024-01-01')"),
                    new Kind(
                            "composite of three",
                            "k INT, k2 VARCHAR(9), k3 BIGINT UNSIGNED, PRIMARY KEY (k, k2, k3)",
                            "n % 2, CONCAT('x', n % 5), 18446744073709551615 - n"),
                    new Kind("no key", "k INT", "n"),
                    new Kind(
                            "unique key only",
                            "k INT, k2 INT NOT NULL, UNIQUE (k2)",
                            "n, 1000 - n"),
                    new Kind(
                            "a nullable unique key is none",
                            "k INT NULL, UNIQUE (k)",
                            "IF(n > 5, n, NULL)"),
                    new Kind("an index of few values", "k INT NOT NULL, KEY (k)", "n % 3"),
                    new Kind(
                            "enum key",
                            "k ENUM('b','a','c') NOT NULL, k2 INT NOT NULL, PRIMARY KEY (k, k2)",
                            "1 + n % 3, n"));

    private final TestDatabase database;
    private BackfillOutcome.Report report;
    private Contents contents;
    private Contents expected;

    KeyKindsIT(TestDatabase database) {
        this.database = database;
    }

    static Stream<Arguments> kinds() {
        return IntStream.range(0, KINDS.size()).mapToObj(i -> Arguments.of(KINDS.get(i), "t" + i));
    }

    private static String mapping(int number) {
        return Mappings.deviceTable("t" + number, "DB.t" + number + ".d{dev}", "v");
    }

    /** One backfill copies a table of each kind, and one without rows. */
    @BeforeAll
    void copy(@TempDir Path state) throws Exception {
        for (int i = 0; i < KINDS.size(); i++) {
            Kind kind = KINDS.get(i);
            database.execute(
                    "SET SESSION time_zone = '+00:00'",
                    "CREATE TABLE t%d (%s, dev INT NOT NULL, ts BIGINT NOT NULL, v INT)"
                            .formatted(i, kind.keys()),
                    """
                    INSERT INTO t%d (%s, dev, ts, v)
                    WITH RECURSIVE r(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM r WHERE n < %d)
                    SELECT %s, n %% 7, n * 1000, n FROM r
                    """
                            .formatted(i, kind.columns(), ROWS - 1, kind.values()));
        }
        database.execute(
                "CREATE TABLE none (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT, v INT)");
        Migration migration =
                new Migration(
                        database,
                        state,
                        IntStream.range(0, KINDS.size())
                                        .mapToObj(KeyKindsIT::mapping)
                                        .collect(Collectors.joining())
                                + Mappings.deviceTable("none", "DB.none.d{dev}", "v"),
                        "backfill: {parallelism: 3, chunk_rows: 37}");
        report = migration.backfill();
        contents = migration.contents();
        expected = migration.expected();
    }

    private BackfillOutcome.Table told(String table) {
        return report.tables().stream()
                .filter(t -> t.name().equals(table) || t.name().endsWith("." + table))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void everyRowArrivesAndIsReadOnce(Kind kind, String table) {
        assertThat(told(table).rows()).isEqualTo(ROWS);
        assertThat(told(table).points()).isEqualTo(ROWS);
        assertThat(told(table).collapsed()).isZero();
        String path = database.iotdbDatabase() + "." + table;
        assertThat(contents.below(path)).isEqualTo(expected.below(path));
        assertThat(expected.below(path).size()).isEqualTo(ROWS);
    }

    @Test
    void anEmptyTableIsFineBesideOthers() {
        assertThat(told("none").rows()).isZero();
        assertThat(contents.below(database.iotdbDatabase() + ".none").size()).isZero();
        assertThat(contents).isEqualTo(expected);
    }

    @Test
    void anEmptyTableIsFineAlone(@TempDir Path state) throws Exception {
        database.execute(
                "CREATE TABLE alone (id INT PRIMARY KEY, dev INT NOT NULL, ts DATETIME, v INT)");
        Migration migration =
                new Migration(
                                database,
                                state,
                                """
                                - table: alone
                                  device_field: dev
                                  timestamp_field: ts
                                  device_template: DB.alone.d{dev}
                                  measurements: [{name: v}]
                                """,
                                "")
                        .named(database.name() + "_alone");

        BackfillOutcome.Report nothing = migration.backfill();

        assertThat(nothing.rows()).isZero();
        assertThat(nothing.position()).isNotNull();
        assertThat(migration.contents().below(database.iotdbDatabase() + ".alone").size()).isZero();
    }
}
