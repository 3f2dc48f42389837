package io.iotdbmigrate.config;

import static io.iotdbmigrate.config.ConfigTexts.MINIMAL;
import static io.iotdbmigrate.config.ConfigTexts.problem;
import static io.iotdbmigrate.config.ConfigTexts.problems;
import static io.iotdbmigrate.config.ConfigTexts.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.iotdbmigrate.config.yaml.ConfigException;
import io.iotdbmigrate.config.yaml.ConfigProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, types and ranges; the mapping has its own test. */
class ConfigProblemsTest {

    @Test
    void printsAllProblemsTogetherInTheOrderOfTheFile() {
        String yaml =
                """
                naem: plant
                connections:
                  mysql: {host: db, port: abc, user: u, time_zone: Asia/Hongkong}
                  iotdb: {host: iotdb}
                iotdb:
                  mappings:
                    - table: ambience
                      timestamp_field: at
                      device_template: root.plant.all
                      measurements: all
                sink: [1, 2]
                """;

        assertThatThrownBy(() -> ConfigTexts.load(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        """
                        plant.yml:1:1: naem: is not a known key; did you mean name?
                        plant.yml:3:10: connections.mysql.database: is missing; add the MySQL \
                        database that holds the tables.
                        plant.yml:3:27: connections.mysql.port: "abc" is not a whole number; write \
                        a whole number from 1 to 65535.
                        plant.yml:3:52: connections.mysql.time_zone: "Asia/Hongkong" is not a known \
                        time zone; did you mean Asia/Hong_Kong?
                        plant.yml:11:7: sink: is a list, but must be a map with keys of batch_rows, \
                        max_buffered, retries.""");
    }

    @Test
    void saysWhereAProblemIs() {
        ConfigProblem problem =
                problems(ConfigTexts.withMeasurements("\n        - {name: a, tpye: INT32}")).get(0);

        assertThat(problem.path()).isEqualTo("iotdb.mappings[0].measurements[0].tpye");
        assertThat(problem.line()).isEqualTo(14);
        assertThat(problem.column()).isEqualTo(21);
        assertThat(problem.sentence()).isEqualTo("is not a known key; did you mean type?");
    }

    @Test
    void advisesQuotesWhereABraceMakesAMap() {
        assertThat(problem(MINIMAL.replace("root.plant.all", "{line}")))
                .isEqualTo(
                        "iotdb.mappings[0].device_template: begins with {, which YAML reads as a"
                                + " map; put the value into quotes.");
    }

    @Test
    void listsTheAllowedKeysWhenNoneIsNear() {
        assertThat(problem(MINIMAL + "sink: {colour: red}\n"))
                .isEqualTo(
                        "sink.colour: is not a known key; allowed here: batch_rows, max_buffered,"
                                + " retries.");
    }

    @Test
    void refusesAKeyThatIsGivenTwice() {
        assertThat(problems(with("host: db\n", "host: db\n    host: other\n")))
                .containsExactly(
                        new ConfigProblem(
                                "connections.mysql.host",
                                4,
                                5,
                                "is given twice, first on line 3; remove one of the two."));
    }

    @Test
    void namesEveryRequiredKeyOfAnEmptyMap() {
        assertThat(problems("{}"))
                .extracting(ConfigProblem::path)
                .containsExactly(
                        "connections.mysql.host",
                        "connections.mysql.user",
                        "connections.mysql.database",
                        "connections.iotdb.host",
                        "iotdb.mappings");
    }

    @Test
    void reportsAWrongSectionOnceAndNotItsMissingKeys() {
        assertThat(
                        problem(
                                with(
                                        "mysql:\n    host: db\n    user: migrator\n    database: plant",
                                        "mysql: db")))
                .isEqualTo(
                        "connections.mysql: is a single value, but must be a map with keys of host,"
                                + " port, user, password, database, time_zone, tls, properties, binlog_host,"
                                + " binlog_port.");
    }

    @Test
    void refusesDriverPropertiesThatChangeWhatIsRead() {
        assertThat(
                        problem(
                                with(
                                        "host: db\n",
                                        "host: db\n    properties: {useServerPrepStmts: false}\n")))
                .isEqualTo(
                        "connections.mysql.properties.useServerPrepStmts: decides how values are"
                                + " read, which iotdb-migrate does in one way only; remove it.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    name: a/b                            | name: "a/b" is not a legal name; use only letters, digits, _ and -.
                    mode: replicate                      | mode: "replicate" is not known here; write one of backfill, cdc.
                    env: [a]                             | env: is a list, but must be a label such as prod.
                    sink: {batch_rows: 1.5}              | sink.batch_rows: "1.5" is not a whole number; write a whole number from 1 to 1000000.
                    sink: {batch_rows: 0}                | sink.batch_rows: "0" is out of range; write a whole number from 1 to 1000000.
                    sink: {batch_rows: 99999999999999999999} | sink.batch_rows: "99999999999999999999" is out of range; write a whole number from 1 to 1000000.
                    sink: {retries: -1}                  | sink.retries: "-1" is out of range; write a whole number of 0 or more.
                    sink: {max_buffered: 64MB}           | sink.max_buffered: "64MB" is not a size; write a number and KiB, MiB or GiB, such as 64MiB.
                    sink: {max_buffered: 100}            | sink.max_buffered: "100" is too small; write 1KiB or more.
                    backfill: {parallelism: {a: 1}}      | backfill.parallelism: is a map, but must be a whole number from 1 to 1024.
                    backfill: fast                       | backfill: "fast" is one value, but must be a map with keys of parallelism, chunk_rows, rate_limit.
                    flink: {checkpoint_interval: 10}     | flink.checkpoint_interval: "10" is not a duration; write a number and ms, s, m or h, such as 10s.
                    flink: {checkpoint_interval: 0s}     | flink.checkpoint_interval: "0s" is too short; write 10ms or more.
                    flink: {restart: {initial_backoff: 2m}} | flink.restart.initial_backoff: max_backoff 1m is shorter than initial_backoff 2m; make it at least as long.
                    flink: {checkpoint_dir: ""}          | flink.checkpoint_dir: is empty; write the URI of a folder, such as file:///var/checkpoints.
                    flink: {checkpoint_dir: /var/points} | flink.checkpoint_dir: "/var/points" is no URI; write the URI of a folder, such as file:///var/checkpoints.
                    cutover: {verify: all}               | cutover.verify: "all" is not known here; write one of full, recent, counts, none.
                    cutover: {pause: hook, hooks: {pause: a}} | cutover.hooks.resume: is missing, but cutover.pause is hook; add the executable that lets the application write again.
                    mysql: {cdc: {startup_mode: specific}} | mysql.cdc.specific: is missing, but startup_mode is specific; add {file: mysql-bin.000003, pos: 4}.
                    mysql: {cdc: {startup_mode: gtid}}   | mysql.cdc.gtid_set: is missing, but startup_mode is gtid; add the set as SHOW MASTER STATUS prints it.
                    mysql: {cdc: {startup_mode: gtid, gtid_set: x}} | mysql.cdc.gtid_set: "x" is not a GTID set; write it as 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5.
                    mysql: {cdc: {startup_mode: timestamp}} | mysql.cdc.timestamp: is missing, but startup_mode is timestamp; add a time such as 2026-11-22T00:00:00Z.
                    mysql: {cdc: {timestamp: 2026-11-22}} | mysql.cdc.timestamp: "2026-11-22" is not a time with an offset; write it as 2026-11-22T00:00:00Z or 2026-11-22T08:00:00+08:00.
                    mysql: {cdc: {specific: {file: a}}}  | mysql.cdc.specific.pos: is missing; add the offset in the binlog file, such as 4.
                    mysql: {cdc: {server_id: 5-4}}       | mysql.cdc.server_id: "5-4" is not a server id that the MySQL CDC connector can take; write a number from 1 to 2147483647 or a range such as 5400-5404.
                    mysql: {cdc: {server_id: 2147483648}} | mysql.cdc.server_id: "2147483648" is not a server id that the MySQL CDC connector can take; write a number from 1 to 2147483647 or a range such as 5400-5404.
                    mysql: {cdc: {server_time_zone: CST}} | mysql.cdc.server_time_zone: "CST" is not a known time zone; write a region such as Asia/Hong_Kong or UTC, or an offset such as +08:00.
                    mysql: {tables: [{name: a}, {name: a}]} | mysql.tables[1].name: "a" is listed twice; keep one of the two.
                    mysql: {tables: [{name: a, columns: [{name: x}]}]} | mysql.tables[0].columns[0].type: is missing; add its MySQL type, such as DATETIME(3).
                    mysql: {tables: [{name: a, columns: [{name: x, type: INT, primary: maybe}]}]} | mysql.tables[0].columns[0].primary: "maybe" is neither true nor false; write one of the two.
                    mysql: {partitioning: {column: id, lower_bound: 9, upper_bound: 1}} | mysql.partitioning.upper_bound: 1 is below lower_bound 9; swap the two.
                    mysql: {partitioning: {column: id, lower_bound: a, upper_bound: 1}} | mysql.partitioning.lower_bound: "a" is not a whole number; write one.
                    mysql: {partitioning: {column: id, upper_bound: 1}} | mysql.partitioning.lower_bound: is missing; add about the lowest value of the column, or remove partitioning.
                    """)
    void tellsWhatIsWrong(String line, String message) {
        assertThat(problem(MINIMAL + line + "\n")).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    port: 0                  | connections.iotdb.port: "0" is out of range; write a whole number from 1 to 65535.
                    port: 65536              | connections.iotdb.port: "65536" is out of range; write a whole number from 1 to 65535.
                    tls: required            | connections.iotdb.tls: is a single value, but must be a map with keys of enabled, trust_store, trust_store_password.
                    """)
    void tellsWhatIsWrongWithTheIotdbConnection(String line, String message) {
        assertThat(problem(with("host: iotdb\n", "host: iotdb\n    " + line + "\n")))
                .isEqualTo(message);
    }

    @Test
    void wantsHostAndPortOfEachNode() {
        assertThat(problems(with("host: iotdb", "nodes: [iotdb-1, iotdb-2:70000, iotdb-3:6667]")))
                .extracting(ConfigProblem::path, ConfigProblem::sentence)
                .containsExactly(
                        tuple(
                                "connections.iotdb.nodes[0]",
                                "\"iotdb-1\" is not host:port; write it as iotdb-1:6667."),
                        tuple(
                                "connections.iotdb.nodes[1]",
                                "\"iotdb-2:70000\" is not host:port; write it as iotdb-1:6667."));
        assertThat(problem(with("host: iotdb", "nodes: []")))
                .startsWith("connections.iotdb.nodes: names no node;");
    }

    @Test
    void refusesTwoDifferentTimeZones() {
        String yaml =
                with("host: db\n", "host: db\n    time_zone: UTC\n")
                        + "mysql: {cdc: {server_time_zone: Asia/Hong_Kong}}\n";

        assertThat(problem(yaml))
                .isEqualTo(
                        "mysql.cdc.server_time_zone: \"Asia/Hong_Kong\" differs from"
                                + " connections.mysql.time_zone \"UTC\", whose older name it is;"
                                + " remove server_time_zone.");
    }

    @Test
    void acceptsRangesUpToTheirEnds() {
        MigrationConfig config =
                ConfigTexts.load(
                        with("host: iotdb\n", "host: iotdb\n    port: 65535\n")
                                + "mysql: {cdc: {server_id: 2147483647}}\n"
                                + "sink: {max_buffered: 1024}\n");

        assertThat(config.iotdb().nodes()).containsExactly("iotdb:65535");
        assertThat(config.cdc().serverId())
                .isEqualTo(new CdcConfig.ServerIdRange(2_147_483_647L, 2_147_483_647L));
        assertThat(config.sink().maxBufferedBytes()).isEqualTo(1024);
    }
}
