package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.testkit.Servers;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import io.iotdbmigrate.testkit.Tool.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A config written by {@code init}, used as it is. */
@ExtendWith(ServersExtension.class)
class InitIT {
    @TempDir Path folder;
    private TestDatabase database;
    private Tool tool;

    @BeforeEach
    void demoSchema(TestDatabase own) throws Exception {
        database = own;
        tool = new Tool(folder);
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            String schema = Files.readString(Path.of("config/demo/schema.sql"));
            for (String sql : schema.replaceAll("(?m)^--.*$", "").split(";", -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
            statement.execute("CREATE TABLE users (id INT PRIMARY KEY, name VARCHAR(20))");
            statement.execute(
                    "INSERT INTO weather VALUES ('Seattle', '2012-01-01', 1, 2, 3, 4, 'rain'),"
                            + " ('New York', '2012-01-01', 1, 2, 3, 4, 'sun')");
            statement.execute(
                    "INSERT INTO plant_readings (machine_id, recorded_at, temperature, vibration,"
                            + " state, running, counter, note) VALUES (1, '2026-06-01 00:00:00.5',"
                            + " 20.5, 1, 'idle', FALSE, 7, NULL), (2, '2026-06-01 00:00:01', 21, 1,"
                            + " 'running', TRUE, 8, NULL)");
        }
    }

    @Test
    void theDemoIsCheckedCopiedAndVerifiedWithTheFileUnedited() throws Exception {
        Servers servers = database.servers();
        Map<String, String> environment =
                Map.of(
                        "MYSQL_PASSWORD",
                        servers.mysqlPassword(),
                        "IOTDB_PASSWORD",
                        servers.iotdbPassword());

        Result init =
                tool.run(
                        environment,
                        "init",
                        "--host=" + servers.mysqlHost(),
                        "--port=" + servers.mysqlPort(),
                        "--user=" + servers.mysqlUser(),
                        "--database=" + database.name(),
                        "--iotdb-host=" + servers.iotdbHost(),
                        "--iotdb-port=" + servers.iotdbPort(),
                        "--iotdb-user=" + servers.iotdbUser(),
                        "--output=new.yml");

        assertThat(init.exitCode()).as(init.err()).isZero();
        assertThat(init.errLines())
                .containsExactly("left out users: no column can be the time of a row");
        String yaml = Files.readString(folder.resolve("new.yml"));
        assertThat(yaml)
                .contains(
                        "password: ${env:MYSQL_PASSWORD}",
                        "timestamp_field: date",
                        ".weather.{location}",
                        "timestamp_field: recorded_at",
                        ".plant_readings.machine_{machine_id}",
                        "# - {name: id, type: INT64}",
                        "# users: left out, no column can be the time of a row");

        Result check = tool.run(environment, "check", "--config", "new.yml");
        assertThat(check.exitCode()).as(yaml + check.out() + check.err()).isZero();

        Result backfill = tool.run(environment, "backfill", "--config", "new.yml", "--plain");
        assertThat(backfill.exitCode()).as(backfill.err()).isZero();
        Result verify = tool.run(environment, "verify", "--config", "new.yml", "--plain");
        assertThat(verify.exitCode()).as(verify.out() + verify.err()).isZero();
        try (Session session = database.session();
                SessionDataSet count =
                        session.executeQueryStatement(
                                "COUNT DEVICES " + database.iotdbDatabase() + ".**")) {
            assertThat(count.next().getFields().get(0).getLongV()).isEqualTo(4);
        }
    }
}
