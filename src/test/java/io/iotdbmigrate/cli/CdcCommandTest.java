package io.iotdbmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cli.report.StatusText;
import io.iotdbmigrate.flink.launch.CdcProgress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CdcCommandTest {
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
        assertThat(cli.replications.afresh).isFalse();
    }

    @Test
    void theLiveLineTellsWhereItIs() {
        CdcProgress progress =
                new CdcProgress("RUNNING", 1234, 2, 500, Optional.of(FakeReplications.APPLIED));
        assertThat(StatusText.line(progress, 10))
                .isEqualTo(
                        "applied up to binlog.000003:4711  1,234 events  10/s  read 0.5 s after"
                                + " they happened  2 rejected");
        assertThat(StatusText.line(new CdcProgress("RESTARTING", 0, 0, 0, Optional.empty()), 0))
                .startsWith("RESTARTING  0 events");
    }

    @Test
    void ctrlCIsAnInterruption() {
        cli.stopped();
        CliRunner.Result result = run("cdc", "--restart", "--output", "json");
        assertThat(result.code()).isEqualTo(130);
        assertThat(result.out()).contains("\"savepoint\"", "\"exit_code\" : 130");
        assertThat(cli.replications.afresh).isTrue();
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
                .contains("binlog.000003:4711, 1,234 row events")
                .contains("0: MySQL's binlog holds no change");
        cli.replications.lag = OptionalLong.of(1);
        assertThat(run("status").out()).contains("lag              1 event");
        cli.replications.lag = OptionalLong.of(100_000);
        assertThat(run("status").out()).contains("more than 100,000 events");
        assertThat(run("status", "--output", "json").out()).contains("\"lag_events\" : 100000");
    }

    @Test
    void stopSaysWhatItStopped() {
        assertThat(run("stop").out()).contains("nothing runs with the state folder");
        cli.replications.savepoint = Optional.of("file:/s/savepoint-2");
        assertThat(run("stop").out()).contains("stopped with savepoint file:/s/savepoint-2");
    }
}
