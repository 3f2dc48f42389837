package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.testkit.InProcess;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.OnMySql;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A MySQL that stores all names in lower case, as on Windows, and a config that does not. */
@ExtendWith(ServersExtension.class)
@OnMySql(value = "8.0", options = "lower_case_table_names=1")
class LowerCaseNamesIT {
    @TempDir Path folder;

    @Test
    void anySpellingIsTheServers(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE Readings (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v"
                        + " INT, UNIQUE (dev, ts))",
                "INSERT INTO READINGS VALUES (1, 1, 1, 1)");
        Migration migration =
                new Migration(
                        database,
                        folder,
                        Mappings.deviceTable("readings", "DB.d{dev}", "v"),
                        "flink: {checkpoint_interval: 200ms}");
        String yaml =
                migration
                        .yaml()
                        .replace("table: readings", "table: Readings")
                        .replace(
                                "database: " + database.name(),
                                "database: " + database.name().toUpperCase(Locale.ROOT));
        Path config = Files.writeString(folder.resolve("plant.yml"), yaml);
        Tool.Result copied =
                InProcess.run(
                        "backfill",
                        "--table",
                        "Readings",
                        "-c",
                        config.toString(),
                        "--state-dir",
                        folder.toString());
        assertThat(copied.exitCode()).as(copied.err()).isZero();

        Tool tool = new Tool(folder);
        Process cdc = tool.start("cdc", "-c", config.toString(), "--state-dir", folder.toString());
        database.execute("UPDATE Readings SET v = 2", "INSERT INTO readings VALUES (2, 1, 2, 2)");
        Replication.awaitAppliedBy(migration, tool, cdc);
        assertThat(migration.contents()).isEqualTo(migration.expected());
        Tool.Result status =
                InProcess.run("status", "-c", config.toString(), "--state-dir", folder.toString());
        assertThat(status.out()).contains("lag              0: MySQL's binlog holds no change");
        Tool.signal(cdc, "INT");
        assertThat(tool.end(cdc).exitCode()).isEqualTo(130);
    }
}
