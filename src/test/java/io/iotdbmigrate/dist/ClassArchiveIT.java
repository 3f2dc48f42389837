package io.iotdbmigrate.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import io.iotdbmigrate.testkit.Tool.Result;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that the first job leaves in the user's cache. */
@ExtendWith(ServersExtension.class)
class ClassArchiveIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String AGENT =
            "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0";

    @TempDir Path folder;

    private Path made() {
        return folder.resolve("cache/iotdb-migrate/classes");
    }

    private Result run(String options, String... arguments) throws Exception {
        return new Tool(folder)
                .run(
                        Map.of(
                                "XDG_CACHE_HOME",
                                folder.resolve("cache").toString(),
                                "IOTDB_MIGRATE_OPTS",
                                "-XX:TieredStopAtLevel=1 " + options),
                        arguments);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(made())) {
            return files.toList();
        }
    }

    @Test
    void isMadeByTheFirstJobAndCostsNothingIfItIsBroken(TestDatabase database) throws Exception {
        assumeFalse(
                Files.readString(new Tool(folder).launcher()).contains("-javaagent:"),
                "the launcher has an agent, as with --coverage");
        database.execute("CREATE TABLE t (id INT PRIMARY KEY, ts BIGINT, v INT)");
        Migration migration =
                new Migration(
                        database,
                        folder.resolve("state"),
                        "- {table: t, timestamp_field: ts, timestamp_unit: ms,"
                                + " device_template: DB.d, measurements: [{name: v}]}\n",
                        "");
        Files.writeString(folder.resolve("it.yml"), migration.yaml());

        assertThat(run("", "backfill", "-c", "nowhere.yml").exitCode()).isEqualTo(3);
        assertThat(files()).as("a run that failed").isEmpty();

        assertThat(run("", "backfill", "-c", "it.yml").exitCode()).isZero();
        ProcessHandle making = await().atMost(PATIENCE).until(this::making, p -> p != null);
        making.destroyForcibly();
        await().atMost(PATIENCE).until(() -> files().isEmpty());

        assertThat(run("", "backfill", "-c", "it.yml", "--restart").exitCode()).isZero();
        await().atMost(PATIENCE)
                .until(() -> files().size() == 1 && files().get(0).toString().endsWith(".jsa"));
        Path archive = files().get(0);
        Path classes = folder.resolve("classes.txt");
        assertThat(run("-Xlog:class+load:file=" + classes, "check", "-c", "it.yml").exitCode())
                .isZero();
        assertThat(Files.readString(classes))
                .contains("io.iotdbmigrate.cli.Commands source: shared objects file");
        Tool.share(archive);
        String options = AGENT + " -Xlog:class+load:file=" + classes;
        assertThat(run(options, "check", "-c", "it.yml").exitCode()).isZero();
        assertThat(Files.readString(classes))
                .as("with an agent")
                .contains("io.iotdbmigrate.cli.Commands source: jar")
                .doesNotContain("io.iotdbmigrate.cli.Commands source: shared objects file");

        long size = Files.size(archive);
        archive.toFile().setWritable(true);
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.write(noise);
            assertIgnored();
            file.setLength(size / 2);
            assertIgnored();
        }
    }

    private void assertIgnored() throws Exception {
        Result version = run("", "--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).startsWith("iotdb-migrate ");
        assertThat(version.err()).isEmpty();
    }

    private @Nullable ProcessHandle making() {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").contains(made().toString()))
                .filter(p -> p.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElse(null);
    }

    @Test
    void isNotMissedWhereThereCanBeNone() throws Exception {
        Files.writeString(folder.resolve("cache"), "a file");

        Result result = run("", "backfill", "-c", "nowhere.yml");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err().lines()).singleElement().asString().contains("nowhere.yml");
    }
}
