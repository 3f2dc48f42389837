package io.iotdbmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    private final CliRunner cli;

    VerifyCommandTest(@TempDir Path folder) {
        cli = new CliRunner(folder);
    }

    private CliRunner.Result run(String... more) {
        String[] args = new String[5 + more.length];
        args[0] = "verify";
        args[1] = "--config";
        args[2] = cli.config.toString();
        args[3] = "--state-dir";
        args[4] = cli.stateDir.toString();
        System.arraycopy(more, 0, args, 5, more.length);
        return cli.run(args);
    }

    @Test
    void equalIsZeroAndDifferentIsSeven() {
        assertThat(run().exits(ExitCode.DONE).out()).startsWith("equal: 1,000 rows compared");
        cli.verifies.report = FakeVerifies.report(2, null);
        assertThat(run().exits(ExitCode.DIFFERENT).out()).startsWith("2 rows differ: ");
        assertThat(run("--output", "json").exits(ExitCode.DIFFERENT).out())
                .contains("\"status\" : \"different\"", "\"exit_code\" : 7");
    }

    @Test
    void countsAreNoComparisonOfValues() {
        assertThat(run("--counts").exits(ExitCode.DONE).out())
                .startsWith("equal counts: 1,000 rows of 40 devices")
                .contains("values were not compared");
        cli.verifies.counts = FakeVerifies.counts(1);
        assertThat(run("--counts").exits(ExitCode.DIFFERENT).out())
                .startsWith("1 device differs: ");
        assertThat(run("--counts", "--output", "json").exits(ExitCode.DIFFERENT).out())
                .contains("\"mode\" : \"counts\"", "\"values_compared\" : false");
    }

    @Test
    void countsCannotRepair() {
        assertThat(run("--counts", "--repair").exits(ExitCode.USAGE).err())
                .contains("--counts does not know which rows differ");
        assertThat(cli.verifies.options).isNull();
    }

    @Test
    void hearsWhatIsToBeCompared() {
        run(
                        "--table",
                        "ambience",
                        "--device",
                        "root.plant.*",
                        "--since",
                        "2026-01-02",
                        "--until",
                        "2026-01-03T04:05:06Z",
                        "--sample",
                        "2.5",
                        "--recheck",
                        "3",
                        "--max-differences",
                        "7",
                        "--repair",
                        "--execute",
                        "--delete-extra")
                .exits(ExitCode.DONE);

        assertThat(cli.verifies.options)
                .isEqualTo(
                        new VerifyOptions(
                                List.of("ambience"),
                                List.of("root.plant.*"),
                                Instant.parse("2026-01-02T00:00:00Z"),
                                Instant.parse("2026-01-03T04:05:06Z"),
                                2.5,
                                3,
                                7,
                                RepairMode.WRITE_AND_DELETE));
    }

    @Test
    void withoutOptionsEverythingIsComparedAndNothingMended() {
        run().exits(ExitCode.DONE);

        assertThat(cli.verifies.options)
                .isEqualTo(
                        new VerifyOptions(
                                List.of(), List.of(), null, null, 100, 5, 20, RepairMode.NONE));
    }

    @Test
    void nonsenseIsRefused() {
        assertThat(run("--execute").exits(ExitCode.USAGE).err()).contains("--repair");
        assertThat(run("--sample", "0").exits(ExitCode.USAGE).err()).contains("above 0");
        assertThat(run("--since", "yesterday").exits(ExitCode.USAGE).err())
                .contains("2026-11-22T10:00:00Z");
        assertThat(run("--recheck", "-1").exits(ExitCode.USAGE).err()).contains("0 or more");
    }

    @Test
    void aRepairThatMendedEverythingIsZero() {
        cli.verifies.report = FakeVerifies.report(2, FakeVerifies.done(0, 0, 0));
        run("--repair", "--execute").exits(ExitCode.DONE);
        cli.verifies.report = FakeVerifies.report(2, FakeVerifies.done(1, 0, 0));
        run("--repair", "--execute").exits(ExitCode.DIFFERENT);
        cli.verifies.report = FakeVerifies.report(2, FakeVerifies.done(0, 1, 0));
        run("--repair", "--execute").exits(ExitCode.DIFFERENT);
        cli.verifies.report = FakeVerifies.report(2, FakeVerifies.done(0, 0, 1));
        run("--repair", "--execute").exits(ExitCode.DIFFERENT);
    }

    @Test
    void withoutDeleteExtraNothingIsDeleted() {
        run("--repair", "--execute").exits(ExitCode.DONE);
        assertThat(cli.verifies.options.repair()).isEqualTo(RepairMode.WRITE);
        assertThat(run("--repair", "--delete-extra").exits(ExitCode.USAGE).err())
                .contains("--repair --execute");
        assertThat(run("--yes").exits(ExitCode.USAGE).err()).contains("--repair --execute");
    }

    /** The question is answered by {@code --yes}, or by a person, who is not there. */
    @Test
    void muchIsTakenAwayOnlyWithAYes() {
        cli.verifies.question = "the repair would delete much; go on?";
        run("--repair", "--execute", "--delete-extra").exits(ExitCode.DONE);
        assertThat(cli.verifies.agreed).isFalse();
        run("--repair", "--execute", "--delete-extra", "--yes").exits(ExitCode.DONE);
        assertThat(cli.verifies.agreed).isTrue();
    }

    @Test
    void aSideThatCannotBeReadIsNotDifferent() {
        cli.verifies.failure = new UserException(ExitCode.IOTDB, "IoTDB is gone; start it");
        assertThat(run().exits(ExitCode.IOTDB).err()).contains("IoTDB is gone; start it");
        run("--counts").exits(ExitCode.IOTDB);
    }

    @Test
    void ctrlCSaysNothingAboutDifferences() {
        cli.stopped();
        assertThat(run().exits(ExitCode.INTERRUPTED).err())
                .contains("nothing is said about differences");
    }
}
