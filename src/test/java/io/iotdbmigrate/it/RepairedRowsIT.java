package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TableContents;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import java.nio.file.Path;
import org.apache.iotdb.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a query answers of rows of which a repair mends one value. IoTDB 2.0.1-beta answers older
 * values of a row of which the newest file has a part, if the file before has that row without its
 * neighbour.
 */
@ExtendWith(ServersExtension.class)
class RepairedRowsIT {
    @TempDir Path state;
    private final TestDatabase database;
    private Migration migration;

    RepairedRowsIT(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void create() throws Exception {
        database.execute(
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (dev VARCHAR(20) NOT NULL, ts BIGINT NOT NULL, a INT, b TEXT,"
                        + " PRIMARY KEY (dev, ts))",
                "INSERT INTO t VALUES ('x', 2, 10, 'two'), ('x', 3, 20, 'three')");
        migration =
                new Migration(
                        database, state, Mappings.deviceTable("t", "DB.t.d{dev}", "a", "b"), "");
    }

    private void assertMended(Contents contents) {
        String device = database.iotdbDatabase() + ".t.dx";
        assertThat(contents.at(device, 2, "a")).isEqualTo("INT32 10");
        assertThat(contents.at(device, 2, "b")).isEqualTo("TEXT two");
        assertThat(contents.at(device, 3, "a")).isEqualTo("INT32 20");
        assertThat(contents.at(device, 3, "b")).isEqualTo("TEXT three");
    }

    private void repair() throws Exception {
        assertThat(
                        Verification.run(
                                        migration,
                                        Verification.options(RepairMode.WRITE_AND_DELETE))
                                .equal())
                .isTrue();
        assertThat(Verification.run(migration, Verification.options()).differences()).isEmpty();
    }

    @Test
    void inTheTreeTheyAreWhole() throws Exception {
        migration = migration.named(database.name() + "_tree");
        migration.backfill();
        String insert =
                "INSERT INTO "
                        + database.iotdbDatabase()
                        + ".t.dx(timestamp, a, b) ALIGNED VALUES ";
        try (Session session = database.session()) {
            session.executeNonQueryStatement(insert + "(2, 10, 'bad'), (3, 10, 'bad')");
            session.executeNonQueryStatement("FLUSH");
            session.executeNonQueryStatement(insert + "(3, 20, 'bad')");
            session.executeNonQueryStatement("FLUSH");
        }
        repair();
        assertMended(migration.contents());
    }

    @Test
    void inTablesTheyAreWhole() throws Exception {
        migration = migration.inTables().named(database.name() + "_table");
        migration.backfill();
        String insert = "INSERT INTO t(time, dev, a, b) VALUES ";
        database.executeInTables(
                insert + "(2, 'x', 10, 'bad'), (3, 'x', 10, 'bad')",
                "FLUSH",
                insert + "(3, 'x', 20, 'bad')",
                "FLUSH");
        repair();
        assertMended(TableContents.points(database, "t", "dev"));
    }
}
