package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CdcJob;
import io.iotdbmigrate.cutover.Cutover;
import io.iotdbmigrate.cutover.CutoverOptions;
import io.iotdbmigrate.cutover.CutoverPorts;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.Ending;
import io.iotdbmigrate.cutover.Verification;
import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.run.cutover.CutoverWiring;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Nobody;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All of a cutover on real servers but the CDC job and the comparison, which are played here. */
@ExtendWith(ServersExtension.class)
class CutoverStepsIT {
    private static final CutoverOptions EXECUTE = new CutoverOptions(false, true);
    private static final CutoverOptions REHEARSE = new CutoverOptions(true, true);
    private static final String MAPPING =
            """
            - table: t
              timestamp_field: ts
              timestamp_unit: ms
              device_template: DB.d
              measurements: all
            """;

    @TempDir Path folder;
    private TestDatabase database;
    private final Played played = new Played();

    /** A job that is always in step, and a comparison that always succeeds. */
    private static final class Played implements CdcJob, Verification {
        private boolean running = true;
        private Callable<Boolean> duringVerify = () -> true;

        @Override
        public Status status() {
            Lag none = new Lag(0, Duration.ZERO);
            return new Status(running, "played", null, Duration.ofSeconds(1), none, 0);
        }

        @Override
        public boolean drained(BinlogPosition position) {
            return true;
        }

        @Override
        public void checkpoint() {
            throw new IllegalStateException("it is drained");
        }

        @Override
        public String stopWithSavepoint() {
            running = false;
            return "file:/savepoint-1";
        }

        @Override
        public Place place() {
            return new Place(null, "");
        }

        @Override
        public void foundAt(Place place) {
            assertThat(place).isEqualTo(place());
        }

        @Override
        public void resume() {
            running = true;
        }

        @Override
        public void awaitRunning() {
            // It runs at once.
        }

        @Override
        public String prepare(Verify mode) {
            return "nothing";
        }

        @Override
        public void close() {
            // Nothing is open.
        }

        @Override
        public Verified run(Verify mode) throws Exception {
            duringVerify.call();
            return lastFull().orElseThrow();
        }

        @Override
        public Optional<Verified> lastFull() {
            return Optional.of(
                    new Verified(
                            Verify.FULL,
                            true,
                            Instant.now(),
                            List.of(new Verified.Table("t", 2, 2, "cafe")),
                            List.of()));
        }

        @Override
        public long settledRejections() {
            return 0;
        }
    }

    @BeforeEach
    void fill(TestDatabase own) throws SQLException {
        database = own;
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, ts BIGINT)", "INSERT INTO t VALUES (1, 1)");
    }

    @AfterEach
    void letWrite() throws SQLException {
        database.execute("SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF");
    }

    private MigrationConfig config(String pause) throws IOException {
        Path hook = folder.resolve("switch.sh");
        Files.writeString(hook, "#!/bin/sh\necho $IOTDB_MIGRATE_POSITION > " + switched() + "\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        return new Migration(
                        database,
                        folder.resolve("state"),
                        MAPPING,
                        "cutover: {pause: " + pause + ", hooks: {switch: " + hook + "}}")
                .config();
    }

    private Path switched() {
        return folder.resolve("switched");
    }

    @FunctionalInterface
    private interface Work {
        CutoverReport with(Cutover cutover) throws Exception;
    }

    private CutoverReport run(String pause, Work work) throws Exception {
        MigrationConfig config = config(pause);
        Nobody nobody = Nobody.atAll();
        try (CutoverPorts ports = CutoverWiring.ports(config, nobody, played, played)) {
            return work.with(new Cutover(config, ports, nobody, nobody, () -> false));
        }
    }

    private void assertWritable() throws SQLException {
        database.execute("SET SESSION lock_wait_timeout = 2", "INSERT INTO t VALUES (2, 2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read_only", "super_read_only", "lock_tables"})
    void switches(String pause) throws Exception {
        CutoverReport report = run(pause, cutover -> cutover.run(EXECUTE));

        assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.SWITCHED);
        assertThat(switched()).hasContent(String.valueOf(report.state().facts().position()));
        assertThat(report.paused()).isLessThan(Duration.ofSeconds(10));
        CutoverReport again = run(pause, cutover -> cutover.resume(true));
        assertThat(again.state()).isEqualTo(report.state());
        assertThatThrownBy(() -> run(pause, Cutover::abort)).hasMessageContaining("has switched");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read_only", "super_read_only", "lock_tables"})
    void rehearses(String pause) throws Exception {
        CutoverReport report = run(pause, cutover -> cutover.run(REHEARSE));

        assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.REHEARSED);
        assertThat(switched()).doesNotExist();
        assertThat(played.running).isTrue();
        assertWritable();
    }

    @Test
    void aLostIotdbLeavesMysqlWritable() throws Exception {
        played.duringVerify =
                () -> {
                    database.servers().killIotdb();
                    return true;
                };

        CutoverReport report = run("super_read_only", cutover -> cutover.run(EXECUTE));
        database.servers().startIotdb();

        assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.UNDONE);
        assertThat(report.toDo()).singleElement().asString().contains("cutover --abort");
        assertWritable();
        assertThatThrownBy(() -> run("super_read_only", cutover -> cutover.run(EXECUTE)))
                .hasMessageContaining("is not finished");
        assertThat(run("super_read_only", Cutover::abort).ending()).isEqualTo(Ending.ABORTED);
    }

    @Test
    void aRestartedMysqlUndoes() throws Exception {
        played.duringVerify =
                () -> {
                    database.servers().killMysql();
                    database.servers().startMysql();
                    return true;
                };

        CutoverReport report = run("super_read_only", cutover -> cutover.run(EXECUTE));

        assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.UNDONE);
        assertThat(report.sentence()).startsWith("writes are no longer paused");
        assertThat(switched()).doesNotExist();
        assertWritable();
    }

    @Test
    void aSuperUsersWriteUndoes() throws Exception {
        played.duringVerify =
                () -> {
                    database.execute("INSERT INTO t VALUES (3, 3)");
                    return true;
                };

        CutoverReport report = run("read_only", cutover -> cutover.run(EXECUTE));

        assertThat(report.ending()).isEqualTo(Ending.UNDONE);
        assertThat(report.sentence())
                .startsWith("mapped tables were written although writes were paused: 1 row event");
        assertWritable();
    }
}
