package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.Servers;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import io.iotdbmigrate.testkit.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application writes, and in turn the tool, MySQL and IoTDB are killed: once each, or for five
 * minutes with {@code -Diotdbmigrate.long=true}.
 */
@ExtendWith(ServersExtension.class)
class ChaosIT {
    private static final int STATEMENTS_PER_SECOND = 1_000;
    private static final Duration LONG = Duration.ofMinutes(5);

    /** In the long form single deletions pile up: they come faster than IoTDB takes them. */
    private static final Duration CATCHING_UP =
            Duration.ofMinutes(Boolean.getBoolean("iotdbmigrate.long") ? 20 : 3);

    @TempDir Path folder;

    @Test
    void nothingIsLostWhateverIsKilled(TestDatabase database) throws Exception {
        Migration migration =
                new Migration(
                        database,
                        folder,
                        Writer.mapping(),
                        "flink: {checkpoint_interval: 1s, restart: {initial_backoff: 200ms,"
                                + " max_backoff: 2s}}");
        Path config = Files.writeString(folder.resolve("chaos.yml"), migration.yaml());
        Tool tool = new Tool(folder);
        Servers servers = database.servers();
        long end =
                System.nanoTime() + (Boolean.getBoolean("iotdbmigrate.long") ? LONG.toNanos() : 0);
        try (Writer writer = Writer.start(database, STATEMENTS_PER_SECOND)) {
            migration.restart();
            Process cdc = start(tool, config);
            do {
                Replication.awaitProgress(migration, cdc);
                cdc.destroyForcibly().waitFor();
                cdc = start(tool, config);
                Replication.awaitProgress(migration, cdc);
                servers.killMysql();
                servers.startMysql();
                Replication.awaitProgress(migration, cdc);
                servers.killIotdb();
                servers.startIotdb();
                Replication.awaitProgress(migration, cdc);
            } while (System.nanoTime() < end);
            assertThat(writer.stop()).isGreaterThan(STATEMENTS_PER_SECOND);
            Replication.awaitAppliedBy(migration, cdc, CATCHING_UP);
            Tool.signal(cdc, "TERM");
            assertThat(tool.end(cdc).exitCode()).isEqualTo(130);
        }
        assertThat(migration.contents()).isEqualTo(migration.expected());
    }

    private Process start(Tool tool, Path config) throws IOException {
        return tool.start("cdc", "--config", config.toString(), "--state-dir", folder.toString());
    }
}
