package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TableContents;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a query answers of rows that MySQL has deleted and IoTDB keeps with a mark. Each step lies
 * in a file of its own: IoTDB 2.0.1-beta answers older values of a row of which the newest file has
 * a part, if the file before has that row without its neighbour.
 */
@ExtendWith(ServersExtension.class)
class MarkedRowsIT {
    /** A FLUSH for each step. */
    private static final String FREQUENT = "flink: {checkpoint_interval: 200ms}";

    private static final String INSERT = "INSERT INTO %s (id, dev, ts, a, b) VALUES %s";

    @TempDir Path state;
    private final TestDatabase database;
    private Model model;
    private String prefix;
    private Migration migration;
    private Replication cdc;

    MarkedRowsIT(TestDatabase database) {
        this.database = database;
    }

    /** Where rows go. */
    private enum Model {
        TREE,
        TABLE
    }

    /**
     * Copies two rows of value 10 at the times 2 and 3, and begins to replicate.
     *
     * @param policies of each table, which is called by the name and its number
     */
    private void begin(Model of, String name, boolean unique, String... policies) throws Exception {
        List<String> mappings = new ArrayList<>();
        model = of;
        prefix = name + "_" + of.name().toLowerCase(Locale.ROOT);
        for (String policy : policies) {
            String table = prefix + mappings.size();
            database.execute(
                    "CREATE TABLE "
                            + table
                            + " (id INT PRIMARY KEY, dev VARCHAR(20) NOT NULL, ts BIGINT NOT NULL,"
                            + " a INT, b TEXT, "
                            + (unique ? "UNIQUE" : "KEY")
                            + " (dev, ts))",
                    INSERT.formatted(table, "(2, 'x', 2, 10, 'two'), (3, 'x', 3, 10, 'three')"));
            mappings.add(
                    Mappings.deviceTable(table, "DB." + table + ".d{dev}", "a", "b")
                            + ("on_delete: mark\n" + policy).indent(2));
        }
        migration = new Migration(database, state, String.join("", mappings), FREQUENT);
        migration = of == Model.TABLE ? migration.inTables() : migration;
        migration = migration.named(database.name() + "_" + prefix);
        migration.backfill();
        cdc = migration.replicate().awaitApplied();
    }

    /**
     * Executes and waits until it is in IoTDB.
     *
     * @param sql {@code t0} and {@code t1} stand for the tables
     */
    private void execute(String... sql) throws Exception {
        database.execute(
                Arrays.stream(sql)
                        .map(s -> s.replaceAll("\\bt([01])\\b", prefix + "$1"))
                        .toArray(String[]::new));
        cdc.awaitApplied();
    }

    private List<String> rows(int number) throws Exception {
        return rows(prefix + number);
    }

    /**
     * Returns rows as a query for all columns answers them.
     *
     * @param table in the table model with a condition
     */
    private List<String> rows(String table) throws Exception {
        Contents contents =
                model == Model.TABLE
                        ? TableContents.points(database, table, "dev")
                        : migration.contents();
        String device = database.iotdbDatabase() + "." + table + ".dx";
        List<String> rows = new ArrayList<>();
        for (int time = 0; time < 10; time++) {
            String a = contents.at(device, time, "a");
            String b = contents.at(device, time, "b");
            String mark = contents.at(device, time, "_deleted");
            if (a != null || b != null || mark != null) {
                rows.add(time + ": " + a + ", " + b + (mark == null ? "" : ", " + mark));
            }
        }
        return rows.stream().map(row -> row.replaceAll("INT32 |TEXT |BOOLEAN ", "")).toList();
    }

    private void assertEqual() throws Exception {
        cdc.close();
        VerifyReport report = Verification.run(migration, Verification.options());
        assertThat(report.differences()).isEmpty();
        assertThat(report.equal()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Model.class)
    void haveTheValuesThatMysqlHadLast(Model of) throws Exception {
        begin(of, "keyed", true, "");
        execute("UPDATE t0 SET a = 20 WHERE ts = 3");
        execute("DELETE FROM t0");
        assertThat(rows(0)).containsExactly("2: 10, two, true", "3: 20, three, true");

        execute(INSERT.formatted("t0", "(5, 'x', 3, 30, 'again'), (6, 'x', 4, 40, NULL)"));
        assertThat(rows(0)).containsExactly("2: 10, two, true", "3: 30, again", "4: 40, null");
        execute("UPDATE t0 SET a = 31, b = NULL WHERE ts = 3");
        execute("UPDATE t0 SET ts = 5 WHERE ts IN (3)", "DELETE FROM t0 WHERE ts = 4");
        assertThat(rows(0))
                .containsExactly(
                        "2: 10, two, true",
                        "3: 31, null, true",
                        "4: 40, null, true",
                        "5: 31, null");
        execute(
                INSERT.formatted("t0", "(7, 'x', 6, 60, 'brief'), (8, 'x', 2, 12, NULL)"),
                "DELETE FROM t0 WHERE ts IN (2, 6)");
        assertThat(rows(0))
                .containsExactly(
                        "2: 12, null, true",
                        "3: 31, null, true",
                        "4: 40, null, true",
                        "5: 31, null",
                        "6: 60, brief, true");
        assertEqual();
    }

    /** The dead leave a living row as it is. */
    @ParameterizedTest
    @EnumSource(Model.class)
    void ofRowsThatShareAPointTheLastOneIsMarked(Model of) throws Exception {
        begin(of, "sharing", false, "");
        execute(
                INSERT.formatted(
                        "t0",
                        "(4, 'x', 3, 20, 'four'), (5, 'x', 5, 50, 'five'), (6, 'x', 5, 60, NULL),"
                                + " (7, 'x', 7, 70, 'seven'), (8, 'x', 7, 80, NULL)"));
        execute("DELETE FROM t0 WHERE id IN (4, 7)");
        assertThat(rows(0))
                .containsExactly("2: 10, two", "3: 10, three", "5: 60, null", "7: 80, null");
        execute(
                "DELETE FROM t0 WHERE id IN (2, 3)",
                "DELETE FROM t0 WHERE ts = 5 ORDER BY id DESC");
        assertThat(rows(0))
                .containsExactly(
                        "2: 10, two, true",
                        "3: 10, three, true",
                        "5: 50, five, true",
                        "7: 80, null");
        execute("DELETE FROM t0", INSERT.formatted("t0", "(9, 'x', 5, 90, NULL)"));
        assertThat(rows(0))
                .containsExactly(
                        "2: 10, two, true",
                        "3: 10, three, true",
                        "5: 90, null",
                        "7: 80, null, true");
        assertEqual();
    }

    /** IoTDB has other values than MySQL then, and alone knows them. */
    @ParameterizedTest
    @EnumSource(Model.class)
    void keepTheValuesThatIotdbHasWhereUpdatesDoNotOverwrite(Model of) throws Exception {
        begin(of, "kept", true, "on_update: ignore", "on_update: version");
        for (int number = 0; number < 2; number++) {
            String table = "t" + number;
            execute("DELETE FROM " + table + " WHERE ts = 3");
            execute(INSERT.formatted(table, "(4, 'x', 3, 20, NULL)"));
            execute("UPDATE " + table + " SET a = 99, b = 'unseen'");
            execute("DELETE FROM " + table);
            boolean corrected = model == Model.TABLE && number == 1;
            assertThat(rows(prefix + number + (corrected ? " WHERE _version IS NULL" : "")))
                    .containsExactly("2: 10, two, true", "3: 20, null, true");
        }
        assertEqual();
    }

    /** Also a row without values, and one of a table without FIELDs, has its mark. */
    @Test
    void keepTheAttributesOfTheirDevices() throws Exception {
        database.execute(
                "CREATE TABLE site (dev VARCHAR(20) NOT NULL, ts BIGINT NOT NULL, a INT, hall TEXT,"
                        + " PRIMARY KEY (dev, ts))",
                "INSERT INTO site VALUES ('x', 2, 10, 'north'), ('x', 3, NULL, 'south')",
                "CREATE TABLE bare (dev VARCHAR(20) NOT NULL, ts BIGINT NOT NULL, PRIMARY KEY (dev,"
                        + " ts))",
                "INSERT INTO bare VALUES ('x', 2), ('x', 3)");
        migration =
                Migration.ofTables(
                                database,
                                state,
                                """
                                - table: site
                                  timestamp_field: ts
                                  timestamp_unit: ms
                                  tags: [dev]
                                  attributes: [hall]
                                  on_delete: mark
                                  measurements: [{name: a}]
                                - table: bare
                                  timestamp_field: ts
                                  timestamp_unit: ms
                                  tags: [dev]
                                  on_delete: mark
                                  measurements: all
                                """,
                                FREQUENT)
                        .named(database.name() + "_attributes");
        migration.backfill();
        cdc = migration.replicate().awaitApplied();
        database.execute("DELETE FROM site WHERE ts = 3", "DELETE FROM bare WHERE ts = 3");
        cdc.awaitApplied();
        String columns = "time, a, hall, _deleted";
        assertThat(TableContents.inIotdb(database, "site", columns))
                .containsExactly("<2> <10> <south> NULL", "<3> NULL <south> <true>");
        assertThat(TableContents.inIotdb(database, "bare", "time, _present, _deleted"))
                .containsExactly("<2> <true> NULL", "<3> <true> <true>");
        database.execute(
                "INSERT INTO site VALUES ('x', 4, 40, 'east')", "DELETE FROM site WHERE ts = 4");
        cdc.awaitApplied();
        assertThat(TableContents.inIotdb(database, "site", columns))
                .containsExactly(
                        "<2> <10> <east> NULL", "<3> NULL <east> <true>", "<4> <40> <east> <true>");
        assertEqual();
    }

    /** The marks of devices whose series are made in so many words come by themselves. */
    @Test
    void ofSeriesWithEncodingsAndOfTallTables() throws Exception {
        model = Model.TREE;
        prefix = "explicit";
        database.execute(
                "CREATE TABLE explicit0 (dev VARCHAR(20) NOT NULL, ts BIGINT NOT NULL, a INT, b TEXT,"
                        + " PRIMARY KEY (dev, ts))",
                "INSERT INTO explicit0 VALUES ('x', 2, 10, 'two'), ('x', 3, 10, NULL)",
                "CREATE TABLE tall (name VARCHAR(20) NOT NULL, ts BIGINT NOT NULL, v INT, PRIMARY"
                        + " KEY (name, ts))",
                "INSERT INTO tall VALUES ('p', 2, 10), ('p', 3, 10), ('q', 3, 10)");
        migration =
                new Migration(
                                database,
                                state,
                                Mappings.deviceTable(
                                                "explicit0",
                                                "DB.explicit0.d{dev}",
                                                "a, encoding: GORILLA",
                                                "b")
                                        + """
                                    on_delete: mark
                                  - table: tall
                                    timestamp_field: ts
                                    timestamp_unit: ms
                                    device_template: DB.tall
                                    on_delete: mark
                                    measurements: [{name: '{name}', field: v}]
                                  """,
                                FREQUENT)
                        .named(database.name() + "_" + prefix);
        migration.backfill();
        cdc = migration.replicate().awaitApplied();
        execute("UPDATE t0 SET a = 20 WHERE ts = 3", "UPDATE tall SET v = 20 WHERE ts = 3");
        execute("DELETE FROM t0", "DELETE FROM tall WHERE name = 'p'");

        assertThat(rows(0)).containsExactly("2: 10, two, true", "3: 20, null, true");
        Contents contents = migration.contents();
        String device = database.iotdbDatabase() + ".tall";
        assertThat(contents.at(device, 3, "p")).isEqualTo("INT32 20");
        assertThat(contents.at(device, 3, "p_deleted")).isEqualTo("BOOLEAN true");
        assertThat(contents.at(device, 3, "q")).isEqualTo("INT32 20");
        assertThat(contents.at(device, 3, "q_deleted")).isNull();
        assertEqual();
    }
}
