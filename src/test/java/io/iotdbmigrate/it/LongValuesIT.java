package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a megabyte each, of which IoTDB sends all that a device has in one piece. */
@ExtendWith(ServersExtension.class)
class LongValuesIT {
    private static final int ROWS = 220;
    private static final Map<String, String> SMALL_HEAP = Map.of("IOTDB_MIGRATE_OPTS", "-Xmx320m");

    @Test
    void aBackfillHoldsFewAtATimeAndVerifyReadsThemBack(TestDatabase database, @TempDir Path folder)
            throws Exception {
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL,"
                        + " v LONGTEXT)");
        database.insert("t", ROWS, "n, n % 5, n, REPEAT(CHAR(65 + n % 26), 1000000 + n)");
        String mapping =
                """
                - table: t
                  device_field: dev
                  timestamp_field: ts
                  timestamp_unit: ms
                  device_template: DB.d{dev}
                  measurements: [{name: v}]
                """;
        Migration migration = new Migration(database, folder, mapping, "");
        String config = Files.writeString(folder.resolve("plant.yml"), migration.yaml()).toString();
        Tool tool = new Tool(folder);

        Tool.Result backfill =
                tool.run(SMALL_HEAP, "backfill", "--config", config, "--output", "json");
        assertThat(backfill.exitCode()).as(backfill.err()).isZero();
        JsonNode table = new JsonMapper().readTree(backfill.out()).path("tables").path(0);
        assertThat(table.path("points").asLong()).isEqualTo(ROWS);

        Tool.Result verify = tool.run("verify", "--config", config);
        assertThat(verify.exitCode()).as(verify.out() + verify.err()).isZero();
    }
}
