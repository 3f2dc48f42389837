package io.iotdbmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.state.LastCheck;
import io.iotdbmigrate.run.state.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckCommandTest {
    @TempDir Path folder;
    private CliRunner cli;

    @BeforeEach
    void runner() {
        cli = new CliRunner(folder);
    }

    private static CheckReport report(Finding... findings) {
        return new CheckReport(List.of(findings), List.of());
    }

    @Test
    void offlineShowsTheConfigAndConnectsToNothing() {
        CliRunner.Result result = cli.check("--offline").exits(ExitCode.DONE);

        assertThat(cli.checks.asked).isFalse();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("  name: plant", "password: '****'")
                .doesNotContain("hunter2");
        assertThat(result.outLines())
                .last()
                .asString()
                .startsWith("config is valid: 1 table (ambience)");
    }

    @Test
    void offlineAsJson() throws Exception {
        CliRunner.Result result = cli.check("--offline", "--output", "json").exits(ExitCode.DONE);

        JsonNode report = new ObjectMapper().readTree(result.out());
        assertThat(report.path("status").asText()).isEqualTo("valid");
        assertThat(report.path("exit_code").asInt()).isZero();
        assertThat(report.at("/config/connections/mysql/password").asText()).isEqualTo("****");
        assertThat(report.at("/config/iotdb/mappings/0/table").asText()).isEqualTo("ambience");
        assertThat(result.out()).doesNotContain("hunter2");
    }

    @Test
    void handsItsOptionsOn() {
        cli.check("--fast", "--table", "a", "b", "-t", "c").exits(ExitCode.DONE);

        assertThat(cli.checks.fast).isTrue();
        assertThat(cli.checks.tables).containsExactly("a", "b", "c");
    }

    @Test
    void endsWithTheNextCommandWhenNothingStandsInTheWay() {
        cli.checks.report = report(Finding.warning("t.a", "is odd", "look at it"));

        CliRunner.Result result = cli.check().exits(ExitCode.DONE);

        assertThat(result.err()).isEmpty();
        assertThat(result.outLines())
                .last()
                .isEqualTo(
                        "ready: 0 errors, 1 warning; next: iotdb-migrate backfill --config "
                                + cli.config
                                + " --state-dir "
                                + cli.stateDir);
    }

    @ParameterizedTest
    @EnumSource(
            value = ExitCode.class,
            names = {"CONFIG", "MYSQL", "IOTDB"})
    void exitsWithTheCodeOfTheErrors(ExitCode code) {
        cli.checks.report = report(Finding.error(code, "MySQL", "is off", "turn it on"));

        CliRunner.Result result = cli.check().exits(code);

        assertThat(result.outLines())
                .last()
                .asString()
                .startsWith("not ready: 1 error, 0 warnings; when the errors are dealt with:");
    }

    @Test
    void asJson() throws Exception {
        cli.checks.report =
                new CheckReport(
                        List.of(Finding.error(ExitCode.MYSQL, "MySQL", "is off", "turn it on")),
                        List.of(
                                new CheckReport.Table(
                                        "ambience",
                                        90,
                                        "id",
                                        new CheckReport.Counts(80, true, 5, -1, 1, 2, 3, 3)),
                                new CheckReport.Table("log", 7, null, null)));

        CliRunner.Result result = cli.check("-o", "json").exits(ExitCode.MYSQL);

        JsonNode report = new ObjectMapper().readTree(result.out());
        assertThat(report.path("status").asText()).isEqualTo("not_ready");
        assertThat(report.path("exit_code").asInt()).isEqualTo(4);
        assertThat(report.at("/findings/0/severity").asText()).isEqualTo("error");
        assertThat(report.at("/findings/0/subject").asText()).isEqualTo("MySQL");
        assertThat(report.at("/findings/0/message").asText()).isEqualTo("is off");
        assertThat(report.at("/findings/0/remedy").asText()).isEqualTo("turn it on");
        assertThat(report.path("tables"))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                        [{"name": "ambience", "estimated_rows": 90,
                                          "chunk_key": "id", "counts": {"rows": 80,
                                            "sampled": true, "devices": 5, "collapsed": null,
                                            "null_devices": 1, "null_times": 2, "zero_dates": 3,
                                            "lost": 3}},
                                         {"name": "log", "estimated_rows": 7, "chunk_key": null,
                                          "counts": null}]
                                        """));
    }

    @Test
    void whatItFoundIsKeptForAReport() throws Exception {
        cli.checks.report = report(Finding.warning("t.a", "is odd", "look at it"));

        cli.check("--fast", "-t", "a").exits(ExitCode.DONE);

        assertThat(LastCheck.read(new StateFolder(cli.stateDir)))
                .hasValueSatisfying(
                        kept -> {
                            assertThat(kept.sampled()).isTrue();
                            assertThat(kept.tables()).containsExactly("a");
                            assertThat(kept.report()).isEqualTo(cli.checks.report);
                        });
    }

    @Test
    void whereItCannotBeKeptItIsFoundAllTheSame() throws Exception {
        Files.writeString(cli.stateDir, "a file");

        CliRunner.Result result = cli.check().exits(ExitCode.DONE);

        assertThat(result.outLines()).last().asString().startsWith("ready: ");
        assertThat(result.errLines())
                .containsExactly(
                        "not kept for report: the state folder "
                                + cli.stateDir
                                + " cannot be written (a file is in its place)");
    }

    @Test
    void aFailureIsASentenceOnStderr() {
        cli.checks.failure = new UserException(ExitCode.MYSQL, "MySQL at db:3306 is not there");

        CliRunner.Result result = cli.check().exits(ExitCode.MYSQL);

        assertThat(result.out()).isEmpty();
        assertThat(result.errLines()).containsExactly("error: MySQL at db:3306 is not there");
    }

    @Test
    void aFailureIsAReportAsJson() throws Exception {
        cli.checks.failure = new UserException(ExitCode.IOTDB, "one thing\nanother thing");

        CliRunner.Result result = cli.check("--output", "json").exits(ExitCode.IOTDB);

        JsonNode report = new ObjectMapper().readTree(result.out());
        assertThat(report.path("status").asText()).isEqualTo("failed");
        assertThat(report.path("exit_code").asInt()).isEqualTo(5);
        assertThat(report.path("errors")).hasSize(2);
        assertThat(result.errLines()).containsExactly("error: one thing", "error: another thing");
    }

    @Test
    void everyProblemOfTheConfigIsALine() {
        cli.append("bogus: 1\nname: a b\n");

        CliRunner.Result result = cli.check("--offline").exits(ExitCode.CONFIG);

        assertThat(result.out()).isEmpty();
        assertThat(result.errLines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("error: " + cli.config));
    }

    @Test
    void aMissingFileIsNamed() {
        CliRunner.Result result = cli.run("check", "-c", "nix.yml").exits(ExitCode.CONFIG);

        assertThat(result.errLines()).singleElement().asString().contains("nix.yml");
    }
}
