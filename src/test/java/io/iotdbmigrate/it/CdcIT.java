package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of changes, seen from MySQL and from IoTDB. One replication follows all tables; each
 * test changes tables of its own.
 */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CdcIT {
    /**
     * A mapped table.
     *
     * @param policies beside the default ones
     */
    private record Table(String name, String policies) {
        String mapping() {
            return Mappings.deviceTable(name, "DB." + name + ".{dev}", "a", "b")
                    + policies.indent(2);
        }
    }

    private static final List<Table> TABLES =
            List.of(
                    new Table("every_kind", ""),
                    new Table("beside", ""),
                    new Table("sharing", ""),
                    new Table("resumed", ""),
                    new Table("columned", ""),
                    new Table("rejecting", ""),
                    new Table("versioned", "on_update: version"),
                    new Table("marked", "on_delete: mark"),
                    new Table("ignoring", "on_update: ignore\non_delete: ignore"));

    private final TestDatabase database;
    private Migration migration;
    private Replication cdc;
    private String began;

    CdcIT(TestDatabase database) {
        this.database = database;
    }

    @BeforeAll
    void begin(@TempDir Path state) throws Exception {
        for (Table table : TABLES) {
            create(table.name());
        }
        database.execute("ALTER TABLE rejecting DROP KEY dev, MODIFY ts BIGINT NULL");
        database.execute(
                "ALTER TABLE sharing DROP KEY dev",
                "DELETE FROM sharing",
                "INSERT INTO sharing VALUES (1, 'x', 1, 1, 'one', 0), (2, 'x', 1, NULL, 'two', 0),"
                        + " (3, 'x', 2, 2, 'z', 0)");
        migration =
                new Migration(
                        database,
                        state,
                        TABLES.stream().map(Table::mapping).collect(Collectors.joining()),
                        "flink: {checkpoint_interval: 200ms}");
        migration.backfill();
        database.execute(
                "INSERT INTO every_kind (dev, ts, a, b) VALUES ('x', 3, 3, 'before cdc'), ('z', 1,"
                        + " NULL, NULL)",
                "INSERT INTO columned (dev, ts, a, b) VALUES ('x', 20, 20, 'old columns')",
                "ALTER TABLE columned ADD COLUMN first_of_all INT DEFAULT 5 FIRST, DROP COLUMN"
                        + " spare",
                "INSERT INTO columned (dev, ts, a, b) VALUES ('x', 21, 21, 'new columns')",
                "UPDATE columned SET a = 22 WHERE ts = 20");
        cdc = migration.replicate().awaitApplied();
        began = cdc.from();
    }

    private void create(String table) throws SQLException {
        database.execute(
                "CREATE TABLE "
                        + table
                        + " (id INT AUTO_INCREMENT PRIMARY KEY, dev VARCHAR(20) NOT NULL, ts BIGINT"
                        + " NOT NULL, a INT, b TEXT, spare INT, UNIQUE dev (dev, ts))",
                "INSERT INTO "
                        + table
                        + " (dev, ts, a, b) VALUES ('x', 1, 1, 'one'), ('x', 2, 2, NULL), ('y y',"
                        + " 1, 3, 'three'), ('y y', 5, NULL, 'five')");
    }

    @AfterAll
    void end() throws Exception {
        cdc.close();
    }

    private void execute(String... sql) throws Exception {
        database.execute(sql);
        cdc.awaitApplied();
    }

    /** Stops with a savepoint, executes, and goes on. */
    private void executeWhileStopped(String... sql) throws Exception {
        assertThat(cdc.stop().savepoint()).contains("savepoint-");
        database.execute(sql);
        cdc = migration.replicate().awaitApplied();
        assertThat(cdc.from()).contains("savepoint-");
    }

    private Contents contents(String table) throws Exception {
        return migration.contents().below(database.iotdbDatabase() + "." + table);
    }

    private void assertSame(String table) throws Exception {
        assertThat(contents(table)).isEqualTo(migration.expectedOf(table));
    }

    @Test
    void beginsWhereTheBackfillBeganToRead() throws Exception {
        assertThat(began).contains("where the backfill began to read");
        assertThat(contents("columned").at(device("columned"), 20, "b"))
                .isEqualTo("TEXT old columns");
    }

    private String device(String table) {
        return database.iotdbDatabase() + "." + table + ".x";
    }

    @Test
    void followsEveryKindOfChange() throws Exception {
        assertSame("every_kind");
        execute(
                "UPDATE every_kind SET a = NULL WHERE dev = 'x' AND ts = 1",
                "UPDATE every_kind SET a = 77 WHERE dev = 'y y' AND ts = 5",
                "UPDATE every_kind SET a = NULL, b = NULL WHERE dev = 'x' AND ts = 3",
                "UPDATE every_kind SET dev = 'moved' WHERE dev = 'x' AND ts = 2",
                "UPDATE every_kind SET ts = 100 WHERE dev = 'y y' AND ts = 1",
                "UPDATE every_kind SET dev = 'both', ts = 7, a = 9 WHERE dev = 'y y' AND ts = 5",
                "UPDATE every_kind SET spare = 1");
        assertSame("every_kind");
        execute("DELETE FROM every_kind WHERE dev = 'moved'");
        assertSame("every_kind");
        execute(
                "INSERT INTO every_kind (dev, ts, a, b) VALUES ('moved', 2, NULL, 'again')",
                "REPLACE INTO every_kind (dev, ts, a, b) VALUES ('moved', 2, NULL, 'replaced'),"
                        + " ('n', 1, 1, 'new')",
                "INSERT INTO every_kind (dev, ts, a, b) VALUES ('n', 1, 5, 'x') ON DUPLICATE KEY"
                        + " UPDATE a = NULL, b = 'updated'",
                "BEGIN",
                "INSERT INTO every_kind (dev, ts, a) VALUES ('never', 1, 1)",
                "DELETE FROM every_kind",
                "ROLLBACK",
                "BEGIN",
                "DELETE FROM every_kind WHERE dev = 'n'",
                "INSERT INTO every_kind (dev, ts, a, b) VALUES ('n', 1, NULL, 'in one"
                        + " transaction')",
                "INSERT INTO beside (dev, ts, a, b) VALUES ('two tables', 1, 1, '1')",
                "COMMIT");
        assertSame("every_kind");
        assertSame("beside");
    }

    /** The second row at (x, 1) stands; when it goes, the first one does. */
    @Test
    void ofRowsThatShareAPointTheSurvivorStands() throws Exception {
        execute(
                "INSERT INTO sharing (id, dev, ts, a, b) VALUES (-2, 'x', 1, -2, 'restored'),"
                        + " (-1, 'x', 1, -1, 'restored')");
        assertSame("sharing");
        execute("UPDATE sharing SET b = 'loser' WHERE id = 1");
        assertSame("sharing");
        execute("DELETE FROM sharing WHERE id = 2");
        assertSame("sharing");
        execute(
                "INSERT INTO sharing (dev, ts, a, b) VALUES ('x', 1, NULL, NULL), ('x', 1, NULL,"
                        + " 'third')");
        assertSame("sharing");
        execute("UPDATE sharing SET ts = 2 WHERE b = 'third'", "DELETE FROM sharing WHERE id = 1");
        assertSame("sharing");
    }

    @Test
    void otherColumnsMayComeAndGoAlsoBeforeItBegan() throws Exception {
        assertSame("columned");
        execute(
                "ALTER TABLE columned ADD COLUMN more TEXT AFTER id",
                "INSERT INTO columned (dev, ts, a, b) VALUES ('x', 23, 23, 'newer columns')");
        assertSame("columned");
    }

    @Test
    void goesOnFromItsSavepoint() throws Exception {
        execute("INSERT INTO resumed (dev, ts, a) VALUES ('x', 10, 10)");
        executeWhileStopped(
                "DELETE FROM resumed WHERE ts = 10",
                "INSERT INTO resumed (dev, ts, a) VALUES ('x', 11, 11)");
        assertSame("resumed");
    }

    @Test
    void keepsFirstValuesAndCountsCorrections() throws Exception {
        execute(
                "UPDATE versioned SET a = 100 WHERE dev = 'x' AND ts = 1",
                "UPDATE versioned SET a = 200, b = NULL WHERE dev = 'x' AND ts = 1",
                "UPDATE versioned SET a = 300 WHERE dev = 'x' AND ts = 2");
        executeWhileStopped("UPDATE versioned SET a = 400 WHERE dev = 'x' AND ts = 1");
        Contents contents = migration.contents();
        String device = device("versioned");
        assertThat(contents.at(device, 1, "a")).isEqualTo("INT32 1");
        assertThat(contents.at(device, 1, "b")).isEqualTo("TEXT one");
        assertThat(contents.at(device + ".v1", 1, "a")).isEqualTo("INT32 100");
        assertThat(contents.at(device + ".v2", 1, "a")).isEqualTo("INT32 200");
        assertThat(contents.at(device + ".v2", 1, "b")).isNull();
        assertThat(contents.at(device + ".v3", 1, "a")).isEqualTo("INT32 400");
        assertThat(contents.at(device + ".v1", 2, "a")).isEqualTo("INT32 300");
        execute("DELETE FROM versioned WHERE dev = 'x' AND ts = 1");
        assertThat(contents("versioned").points().keySet())
                .noneMatch(point -> point.contains(".versioned.x") && point.contains(" 1 "))
                .anyMatch(point -> point.startsWith(device + ".v1 2 "));
    }

    @Test
    void marksWhatIsDeleted() throws Exception {
        String device = device("marked");
        execute("DELETE FROM marked WHERE dev = 'x'");
        assertThat(contents("marked").at(device, 1, "a")).isEqualTo("INT32 1");
        assertThat(contents("marked").at(device, 1, "_deleted")).isEqualTo("BOOLEAN true");
        execute("INSERT INTO marked (dev, ts, a) VALUES ('x', 1, 8)");
        assertThat(contents("marked").at(device, 1, "a")).isEqualTo("INT32 8");
        assertThat(contents("marked").at(device, 1, "_deleted")).isNull();
        assertThat(contents("marked").at(device, 2, "_deleted")).isEqualTo("BOOLEAN true");
    }

    @Test
    void ignoresWhatItIsToldToIgnore() throws Exception {
        Contents before = contents("ignoring");
        assertThat(before.size()).isEqualTo(6);
        execute("UPDATE ignoring SET a = 100", "DELETE FROM ignoring WHERE dev = 'x'");
        assertThat(contents("ignoring")).isEqualTo(before);
    }

    @Test
    void tellsOfEachRowThatCannotBeMapped() throws Exception {
        database.execute(
                "INSERT INTO rejecting (id, dev, ts) VALUES (70, 'x', 70), (71, 'x', NULL)");
        cdc.await(progress -> progress.rejected() == 1);
        await().until(() -> !rejections().isEmpty());
        execute("INSERT INTO rejecting (id, dev, ts) VALUES (72, '', 1)");
        await().until(() -> rejections().size() == 2);
        assertThat(rejections().get(0)).contains("id=71", "is null");
        assertThat(rejections().get(1)).contains("id=72", "is empty");
    }

    private List<String> rejections() {
        return cdc.notes().stream().filter(note -> note.startsWith("rejected {")).toList();
    }
}
