package io.iotdbmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cli.report.StatusJson;
import io.iotdbmigrate.cli.report.StatusText;
import io.iotdbmigrate.model.AwaitedServer;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.run.cdc.CdcProgress;
import io.iotdbmigrate.run.cdc.CdcRun;
import io.iotdbmigrate.run.state.RunningJob;
import io.iotdbmigrate.run.status.MigrationStatus;
import io.iotdbmigrate.run.status.MigrationStatus.Job;
import io.iotdbmigrate.run.status.StoppedJob;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CdcCommandTest {
    private static final String APPLIED =
            "\"applied\":{\"file\":\"binlog.000003\",\"offset\":4711,\"row\":0,\"events\":1234,"
                    + "\"rejected\":2}}";

    private final CliRunner cli;

    CdcCommandTest(@TempDir Path folder) {
        cli = new CliRunner(folder);
    }

    private CliRunner.Result run(String command, String... more) {
        String[] args = new String[5 + more.length];
        args[0] = command;
        args[1] = "--config";
        args[2] = cli.config.toString();
        args[3] = "--state-dir";
        args[4] = cli.stateDir.toString();
        System.arraycopy(more, 0, args, 5, more.length);
        return cli.run(args);
    }

    @Test
    void saysWhereItBeginsAndWhereItStopped() {
        CliRunner.Result result = run("cdc");
        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("beginning at binlog.000003:4", "iotdb-migrate stop");
        assertThat(result.out()).contains("savepoint-1", "to go on: iotdb-migrate cdc --config");
        assertThat(cli.replications.options).isEqualTo(new CdcRun.Options(false));
    }

    @Test
    void theLiveLineTellsWhereItIs() {
        CdcProgress progress =
                new CdcProgress(
                        "RUNNING",
                        1234,
                        2,
                        500,
                        Optional.of(FakeCdcService.APPLIED),
                        Optional.empty());
        assertThat(StatusText.line(progress, 10))
                .isEqualTo(
                        "applied up to binlog.000003:4711  1,234 changed rows  10/s  read 0.5 s after"
                                + " they happened  2 rejected");
        assertThat(
                        StatusText.line(
                                new CdcProgress(
                                        "RESTARTING", 0, 0, 0, Optional.empty(), Optional.empty()),
                                0))
                .startsWith("RESTARTING  0 changed rows");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedInPlaceOfThePosition() {
        AwaitedServer iotdb = new AwaitedServer("IoTDB", Instant.parse("2026-11-22T10:00:00Z"));
        CdcProgress progress =
                new CdcProgress(
                        "RUNNING",
                        1234,
                        0,
                        0,
                        Optional.of(FakeCdcService.APPLIED),
                        Optional.of(iotdb));
        assertThat(StatusText.line(progress, 0))
                .startsWith(
                        "waits for IoTDB to answer since 2026-11-22T10:00:00Z  1,234 changed rows");
        assertThat(StatusJson.line(progress, 0))
                .contains("\"waits_for\":\"IoTDB to answer since 2026-11-22T10:00:00Z\"");
    }

    @Test
    void ctrlCIsAnInterruptionAndScriptsReadOneObjectALine() {
        cli.stopped();
        CliRunner.Result result = run("cdc", "--restart", "--output", "json");
        assertThat(result.code()).isEqualTo(130);
        assertThat(result.out().lines())
                .containsExactly(
                        "{\"status\":\"following\",\"state\":\"RUNNING\",\"events\":1234,"
                                + "\"events_per_second\":0,\"rejected\":2,"
                                + "\"read_delay_seconds\":0.5,"
                                + APPLIED,
                        "{\"status\":\"stopped\",\"exit_code\":130,"
                                + "\"savepoint\":\"file:/s/savepoint-1\","
                                + APPLIED);
        assertThat(result.err()).contains("beginning at binlog.000003:4");
        assertThat(cli.replications.options).isEqualTo(new CdcRun.Options(true));
    }

    @Test
    void aJobThatIsDetachedIsNamed() {
        CliRunner.Result result = run("cdc", "--remote", "jm:8081", "--detach");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("the cdc runs as job 0123456789abcdef0123456789abcdef on the Flink")
                .contains("to follow it, or to stop it with Ctrl-C: iotdb-migrate cdc")
                .doesNotContain("--detach");
        assertThat(run("cdc", "--remote", "jm:8081", "--detach", "--output", "json").out())
                .contains("\"status\":\"detached\"", "\"cluster\":\"jm:8081\"");
        assertThat(run("cdc", "--detach").code()).isEqualTo(2);
    }

    @Test
    void flinksWebUiIsOfAJobInThisProcess() {
        assertThat(run("cdc", "--ui-port", "8081").code()).isZero();
        assertThat(cli.replications.options)
                .isEqualTo(new CdcRun.Options(false, null, false, 8081));
        CliRunner.Result remote = run("cdc", "--ui-port", "8081", "--remote", "jm:8081");
        assertThat(remote.code()).isEqualTo(2);
        assertThat(remote.err()).contains("--ui-port is for a job inside this process");
    }

    @Test
    void statusAndStopLookWhereTheyAreTold() {
        cli.replications.job =
                Optional.of(
                        new Job(
                                new RunningJob(
                                        "cdc",
                                        true,
                                        0,
                                        "",
                                        "http://jm:8081",
                                        "ab",
                                        Instant.EPOCH,
                                        ""),
                                "RUNNING",
                                5,
                                1,
                                Duration.ZERO,
                                Optional.empty(),
                                3,
                                Optional.of(new MigrationStatus.Failure("MySQL was away", 2)),
                                Optional.of(new AwaitedServer("MySQL", Instant.EPOCH)),
                                0));
        assertThat(run("status", "--remote", "jm").out())
                .contains("cdc is running (job ab on the Flink cluster at jm:8081)")
                .containsPattern("restarts +3; the last 2: MySQL was away\n")
                .containsPattern("waits for +MySQL to answer since 1970-01-01T00:00:00Z\n");
        assertThat(cli.replications.cluster).isEqualTo(ClusterAddress.parse("jm:8081"));
        assertThat(run("status", "--remote", "jm", "--output", "json").out())
                .contains("\"remote\" : true", "\"job_id\" : \"ab\"")
                .contains("\"waits_for\" : \"MySQL to answer since 1970-01-01T00:00:00Z\"");
        cli.replications.cluster = null;
        assertThat(run("stop", "--remote", "jm").code()).isZero();
        assertThat(cli.replications.cluster).isEqualTo(ClusterAddress.parse("jm:8081"));
    }

    @Test
    void copiesTheHistoryFirstWhereThatIsAsked() {
        cli.replications.needsBackfill = true;
        CliRunner.Result result = run("cdc");
        assertThat(result.code()).isZero();
        assertThat(cli.backfills.config).isNotNull();
        assertThat(result.err()).contains("copying", "beginning at");
    }

    @Test
    void statusTellsLagInEvents() {
        assertThat(run("status").out())
                .contains("nothing runs with this state folder")
                .contains("binlog.000003:4711, 1,234 changed rows")
                .contains("none yet, but no cdc runs");
        assertThat(run("status", "--output", "json").out()).contains("\"lag_events\" : null");
        cli.replications.switchedAt = Optional.of(Instant.parse("2026-11-22T10:16:10.5Z"));
        assertThat(run("status").out())
                .startsWith("plant: switched to IoTDB at 2026-11-22T10:16:10Z")
                .contains("lag              none: MySQL has nothing that was written before");
        assertThat(run("status", "--output", "json").out())
                .contains("\"switched_at\" : \"2026-11-22T10:16:10.500Z\"");
        cli.replications.lag = OptionalLong.of(1);
        assertThat(run("status").out()).contains("lag              1 event of the binlog");
        cli.replications.lag = OptionalLong.of(100_000);
        assertThat(run("status").out()).contains("more than 100,000 events of the binlog");
        assertThat(run("status", "--output", "json").out()).contains("\"lag_events\" : 100000");
    }

    @Test
    void stopSaysWhatItStopped() {
        assertThat(run("stop").out()).contains("nothing runs with the state folder");
        cli.replications.stopped =
                Optional.of(new StoppedJob("cdc", Optional.of("file:/s/savepoint-2")));
        assertThat(run("stop").out()).contains("stopped with savepoint file:/s/savepoint-2");
        cli.replications.stopped = Optional.of(new StoppedJob("cdc", Optional.of("file:/s/chk-9")));
        assertThat(run("stop").out())
                .contains("stopped at its last checkpoint file:/s/chk-9, without a savepoint");
        cli.replications.stopped = Optional.of(new StoppedJob("cdc", Optional.empty()));
        assertThat(run("stop").out()).contains("stopped before its first checkpoint");
        cli.replications.stopped =
                Optional.of(new StoppedJob("backfill", Optional.of("file:/s/chk-7")));
        assertThat(run("stop").out()).contains("backfill is stopped at checkpoint file:/s/chk-7");
        cli.replications.stopped = Optional.of(new StoppedJob("backfill", Optional.empty()));
        assertThat(run("stop").out()).contains("no checkpoint yet");
    }
}
