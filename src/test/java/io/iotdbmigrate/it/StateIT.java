package io.iotdbmigrate.it;

import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What checkpoints and savepoints hold, and what becomes of those of another build. */
@ExtendWith(ServersExtension.class)
class StateIT {
    private static final String JAVA_SERIALIZATION = "\u00ac\u00ed\u0000\u0005";

    /** Flink's own, at the end of each checkpoint's metadata. */
    private static final String PROPERTIES_OF_FLINK =
            JAVA_SERIALIZATION
                    + "sr\u0000"
                    + "8org.apache.flink.runtime.checkpoint.CheckpointProperties";

    private static final int ROWS = 20_000;

    /** The connector has such a name in a list that it cuts at commas, and in its checkpoints. */
    private static final String TABLE = "`t, it's \\E`";

    @TempDir Path folder;

    @Test
    void classesMayBeRenamedAndStateOfAnotherBuildIsRefused(TestDatabase database)
            throws Exception {
        database.execute(
                "CREATE TABLE "
                        + TABLE
                        + " (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT, `v``2` INT, KEY (dev, ts))");
        database.insert(TABLE, ROWS, "n, n % 7, n, n, 2");
        Migration slow = migration(database, "rate_limit: 500");
        BackfillOutcome stopped =
                slow.run(false, progress -> progress.tables().get(0).rows() > ROWS / 10);
        assertThat(stopped).isEqualTo(new BackfillOutcome.Stopped(true));
        Migration migration = migration(database, "rate_limit: 0");

        Path checkpoint = newest("backfill");
        assertHoldsNoClassOfOurs(checkpoint);
        insteadOf(
                checkpoint,
                "backfill-checkpoint",
                () ->
                        assertRefused(ExitCode.CONFIG, migration::backfill)
                                .hasMessageContaining("its state has version 1, this one reads 2")
                                .hasMessageContaining("iotdb-migrate backfill --restart"));
        migration.backfill();
        assertThat(migration.notes()).last().asString().contains("going on after");

        Path savepoint;
        try (Replication replication = migration.replicate()) {
            database.execute(
                    "UPDATE " + TABLE + " SET v = -v WHERE id < 10",
                    "ALTER TABLE " + TABLE + " ADD COLUMN more INT FIRST",
                    "DELETE FROM " + TABLE + " WHERE id = 20");
            replication.awaitApplied();
            savepoint = Path.of(URI.create(replication.stop().savepoint()));
        }
        assertHoldsNoClassOfOurs(savepoint);
        insteadOf(
                savepoint,
                "cdc-savepoint",
                () ->
                        assertRefused(ExitCode.CONFIG, () -> migration.replicate().result())
                                .hasMessageContaining("its state has version 1, this one reads 3")
                                .hasMessageContaining("iotdb-migrate cdc --restart"));
        database.execute("UPDATE " + TABLE + " SET v = 0 WHERE id < 5");
        try (Replication replication = migration.replicate()) {
            replication.awaitApplied();
            assertThat(replication.from()).contains(savepoint.getFileName().toString());
        }
        // The number of a correction comes from the savepoint, too.
        assertThat(migration.contents().at(database.iotdbDatabase() + ".d1.v2", 1, "v"))
                .isEqualTo("INT32 0");
    }

    private Migration migration(TestDatabase database, String backfill) {
        return new Migration(
                database,
                folder,
                """
                - table: "t, it's \\\\E"
                  device_field: dev
                  timestamp_field: ts
                  timestamp_unit: ms
                  device_template: DB.d{dev}
                  on_update: version
                  measurements: [{name: v}, {name: v`2}]
                """,
                "backfill: {parallelism: 2, chunk_rows: 1000, "
                        + backfill
                        + "}\nflink: {checkpoint_interval: 1s}");
    }

    private Path newest(String command) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.endsWith("_metadata") && f.toString().contains(command))
                    .max(Comparator.comparing(f -> f.toFile().lastModified()))
                    .orElseThrow()
                    .getParent();
        }
    }

    private static void assertHoldsNoClassOfOurs(Path checkpoint) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(checkpoint)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            assertThat(Files.readString(file, ISO_8859_1).replace(PROPERTIES_OF_FLINK, ""))
                    .as(file.toString())
                    .doesNotContain("io.iotdbmigrate")
                    .doesNotContain(JAVA_SERIALIZATION);
        }
    }

    private interface Attempt {
        void run() throws Exception;
    }

    /** With the sample of state that Java serialization wrote. */
    private static void insteadOf(Path checkpoint, String sample, Attempt attempt)
            throws Exception {
        Path metadata = checkpoint.resolve("_metadata");
        byte[] own = Files.readAllBytes(metadata);
        try (InputStream old =
                StateIT.class.getResourceAsStream("/state/v1/" + sample + "/_metadata")) {
            Files.copy(Objects.requireNonNull(old), metadata, StandardCopyOption.REPLACE_EXISTING);
        }
        attempt.run();
        Files.write(metadata, own);
    }
}
