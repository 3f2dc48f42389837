package io.iotdbmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillCommandTest {
    @TempDir Path folder;
    private CliRunner cli;

    @BeforeEach
    void runner() {
        cli = new CliRunner(folder);
    }

    @Test
    void showsProgressOnStderrAndTheReportOnStdout() {
        CliRunner.Result result = cli.backfill().exits(ExitCode.DONE);

        assertThat(result.errLines())
                .containsExactly(
                        "copying 1 table, about 1,000,000 rows; Ctrl-C stops, the same command goes"
                                + " on later",
                        "taken up");
        assertThat(result.outLines())
                .first()
                .isEqualTo("backfill finished: 1,000,000 rows in 12.5 s, 80,000 rows/s");
        assertThat(result.out())
                .contains("mysql-bin.000003:157", "SELECT * FROM root.plant.device_*");
    }

    @Test
    void theFileHoldsUnlessTheCommandLineSaysOtherwise() {
        cli.backfill().exits(ExitCode.DONE);
        assertThat(cli.backfills.config.backfill().parallelism()).isEqualTo(3);
        assertThat(cli.backfills.config.backfill().rateLimit()).isEqualTo(7);
        assertThat(cli.backfills.options).isEqualTo(new BackfillRun.Options(List.of(), false));

        cli.backfill("--parallelism", "5", "--rate-limit=0", "-t", "a", "b", "--restart")
                .exits(ExitCode.DONE);
        assertThat(cli.backfills.config.backfill().parallelism()).isEqualTo(5);
        assertThat(cli.backfills.config.backfill().rateLimit()).isZero();
        assertThat(cli.backfills.options)
                .isEqualTo(new BackfillRun.Options(List.of("a", "b"), true));
    }

    @Test
    void theStateFolderIsNamedAfterTheMigration() {
        cli.run("backfill", "-c", cli.config.toString(), "--dry-run").exits(ExitCode.DONE);

        assertThat(cli.backfills.state.path())
                .isEqualTo(Path.of(".iotdb-migrate", "plant").toAbsolutePath());
    }

    @Test
    void aDryRunPrintsThePlanAndWritesNothing() {
        CliRunner.Result result = cli.backfill("--dry-run", "--restart").exits(ExitCode.DONE);

        assertThat(result.err()).isEmpty();
        assertThat(result.outLines().get(1)).contains("ambience", "1,000,000", "10", "id");
        assertThat(result.out()).contains("temperature DOUBLE, note TEXT");
        assertThat(result.outLines())
                .last()
                .isEqualTo(
                        "nothing was written; next: iotdb-migrate backfill --config "
                                + cli.config
                                + " --state-dir "
                                + cli.stateDir);
        assertThat(cli.stateDir).doesNotExist();
    }

    @Test
    void aDryRunAsJson() throws Exception {
        CliRunner.Result result = cli.backfill("--dry-run", "-o", "json").exits(ExitCode.DONE);

        JsonNode plan = new ObjectMapper().readTree(result.out());
        assertThat(plan.path("status").asText()).isEqualTo("planned");
        JsonNode table = plan.path("tables").path(0);
        assertThat(table.path("name").asText()).isEqualTo("ambience");
        assertThat(table.path("estimated_rows").asLong()).isEqualTo(1_000_000);
        assertThat(table.path("estimated_chunks").asLong()).isEqualTo(10);
        assertThat(table.path("chunk_key").asText()).isEqualTo("id");
        assertThat(table.path("device_template").asText()).isEqualTo("root.plant.device_*");
        assertThat(table.path("may_collapse").asBoolean()).isTrue();
        assertThat(table.path("series")).hasSize(2);
    }

    @Test
    void theReportAsJson() throws Exception {
        cli.backfills.outcome = new BackfillOutcome.Finished(FakeBackfills.report(3));

        CliRunner.Result result = cli.backfill("-o", "json").exits(ExitCode.REJECTED_ROWS);

        JsonNode report = new ObjectMapper().readTree(result.out());
        assertThat(report)
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                        {"status": "finished", "exit_code": 10,
                                         "tables": [{"name": "ambience", "mapping": "ambience", "rows": 1000000,
                                           "points": 3000000, "devices": 50, "collapsed": 17,
                                           "rejected": 3, "empty": 4, "zero_dates": 2,
                                           "skipped": 0}],
                                         "rows": 1000000, "rejected": 3,
                                         "finished_at": "2026-11-22T10:15:30.500Z",
                                         "seconds": 12.5, "rows_per_second": 80000,
                                         "position": {"file": "mysql-bin.000003", "offset": 157,
                                           "gtid_set": "3e11fa47:1-5"},
                                         "rejected_file": "%s"}
                                        """
                                                .formatted(
                                                        cli.stateDir.resolve(
                                                                "rejected-rows.jsonl"))));
    }

    @Test
    void rejectedRowsAreCountedAndTheirFileIsNamed() {
        cli.backfills.outcome = new BackfillOutcome.Finished(FakeBackfills.report(3));

        CliRunner.Result result = cli.backfill().exits(ExitCode.REJECTED_ROWS);

        assertThat(result.out())
                .contains("3 rows were rejected")
                .contains(cli.stateDir.resolve("rejected-rows.jsonl").toString());
    }

    @Test
    void aFinishedBackfillSaysWhenItWas() throws Exception {
        cli.backfills.outcome = new BackfillOutcome.AlreadyFinished(FakeBackfills.report(3));

        CliRunner.Result text = cli.backfill().exits(ExitCode.DONE);
        CliRunner.Result json = cli.backfill("--output=json").exits(ExitCode.DONE);

        assertThat(text.out()).contains("finished at 2026-11-22T10:15:30Z").contains("--restart");
        JsonNode report = new ObjectMapper().readTree(json.out());
        assertThat(report.path("status").asText()).isEqualTo("already_finished");
        assertThat(report.path("rows").asLong()).isEqualTo(1_000_000);
    }

    @Test
    void aStoppedBackfillSaysHowToGoOn() throws Exception {
        cli.backfills.outcome = new BackfillOutcome.Stopped(true);

        CliRunner.Result text =
                cli.stopped()
                        .backfill("--rate-limit", "9", "--restart")
                        .exits(ExitCode.INTERRUPTED);
        CliRunner.Result json = cli.backfill("--output=json").exits(ExitCode.INTERRUPTED);

        assertThat(cli.backfills.stopHeard).isTrue();
        assertThat(text.errLines())
                .last()
                .asString()
                .startsWith("stopping after a last checkpoint");
        assertThat(text.outLines())
                .containsExactly(
                        "stopped; to go on from here, run it again: iotdb-migrate backfill --config "
                                + cli.config
                                + " --state-dir "
                                + cli.stateDir
                                + " --rate-limit 9");
        JsonNode report = new ObjectMapper().readTree(json.out());
        assertThat(report.path("status").asText()).isEqualTo("stopped");
        assertThat(report.path("resumable").asBoolean()).isTrue();
    }

    @Test
    void aFailedJobIsOneSentence() throws Exception {
        cli.backfills.failure = new UserException(ExitCode.JOB_FAILED, "IoTDB's disk is full");

        CliRunner.Result result = cli.backfill("--output", "json").exits(ExitCode.JOB_FAILED);

        assertThat(result.errLines()).last().isEqualTo("error: IoTDB's disk is full");
        assertThat(new ObjectMapper().readTree(result.out()).path("status").asText())
                .isEqualTo("failed");
    }

    @Test
    void aConfigForReplicationIsRefused() {
        cli.append("mode: cdc\n");

        CliRunner.Result result = cli.backfill().exits(ExitCode.CONFIG);

        assertThat(result.errLines()).singleElement().asString().contains("mode: cdc");
        assertThat(cli.backfills.config).isNull();
    }

    @Test
    void aConfigForBackfillsIsFine() {
        cli.append("mode: backfill\n");

        cli.backfill().exits(ExitCode.DONE);
    }

    @Test
    void theLogFileIsUnderTheStateFolder() throws Exception {
        cli.backfill().exits(ExitCode.DONE);

        assertThat(Files.readString(cli.stateDir.resolve("log/iotdb-migrate.log")))
                .contains("INFO", "the job runs")
                .doesNotContain("every little thing", "hunter2");
    }

    @Test
    void aStateFolderThatCannotBeWrittenIsAWrongCommandLine() throws Exception {
        Files.writeString(cli.stateDir, "a file");

        CliRunner.Result result = cli.backfill().exits(ExitCode.USAGE);

        assertThat(result.errLines()).singleElement().asString().contains("--state-dir");
    }

    @Test
    void aBugIsOneLineAndItsStackIsInTheLog() throws Exception {
        cli.backfills.failure = new IllegalStateException("the impossible\nhappened");

        CliRunner.Result result = cli.backfill().exits(ExitCode.BUG);

        Path log = cli.stateDir.resolve("log/iotdb-migrate.log");
        assertThat(result.out()).isEmpty();
        assertThat(result.errLines())
                .last()
                .isEqualTo(
                        "bug: java.lang.IllegalStateException: the impossible; the log file "
                                + log
                                + " has the stack trace, please report");
        assertThat(Files.readString(log))
                .contains("happened", "at io.iotdbmigrate.cli.BackfillCommandTest");
    }

    @Test
    void anErrorIsABugToo() throws Exception {
        cli.backfills.failure = new AssertionError("broken");

        CliRunner.Result result = cli.backfill("-o", "json").exits(ExitCode.BUG);

        assertThat(result.errLines()).last().asString().startsWith("bug: java.lang.AssertionError");
        assertThat(new ObjectMapper().readTree(result.out()).path("exit_code").asInt())
                .isEqualTo(1);
    }

    @Test
    void withoutALogFileTheStackGetsAFileOfItsOwn() throws Exception {
        cli.checks.failure = new IllegalStateException("broken");

        CliRunner.Result result = cli.check().exits(ExitCode.BUG);

        String file = result.err().replaceAll("(?s).*the log file (\\S+) has.*", "$1");
        assertThat(Files.readString(Path.of(file))).contains("broken", "at io.iotdbmigrate");
        Files.delete(Path.of(file));
    }
}
