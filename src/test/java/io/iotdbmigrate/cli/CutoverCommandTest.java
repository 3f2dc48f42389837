package io.iotdbmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.iotdbmigrate.model.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code iotdb-migrate cutover} with everything behind it played. */
class CutoverCommandTest {
    @TempDir Path folder;
    private CliRunner cli;

    @BeforeEach
    void configure() {
        cli = new CliRunner(folder);
        cli.append("cutover: {hooks: {switch: ./switch.sh}}\n");
    }

    private List<Path> reports() throws IOException {
        try (Stream<Path> files = Files.list(cli.stateDir)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    @Test
    void withoutExecuteItPrintsThePlanAndFindings() {
        CliRunner.Result result = cli.cutover().exits(ExitCode.DONE);

        assertThat(result.out())
                .contains(
                        "1. preflight",
                        "4. pause writes               with read_only (at most 30 s)",
                        "9. switch                     run ./switch.sh",
                        "ok       CDC job: runs (flink:8081), 12 row events and 2 s behind",
                        "warning  cutover.pause: is read_only; there is another",
                        "ready; nothing was changed; next: iotdb-migrate cutover --config ");
        assertThat(cli.cutovers.calls).isEmpty();
        assertThat(cli.stateDir).doesNotExist();
    }

    @Test
    void aPlanThatCannotWorkExitsWith8() {
        cli.cutovers.running = false;

        assertThat(cli.cutover().exits(ExitCode.NOT_SWITCHED).out())
                .contains(
                        "error    CDC job: does not run; start it with iotdb-migrate cdc",
                        "not ready; nothing was changed");
    }

    @Test
    void executeSwitchesAndKeepsAReport() throws Exception {
        CliRunner.Result result = cli.cutover("--execute", "--yes").exits(ExitCode.DONE);

        assertThat(cli.cutovers.calls).containsExactly("pause", "stop", "switch ./switch.sh");
        assertThat(result.outLines())
                .hasSize(4)
                .element(0)
                .isEqualTo("switched: the application was switched to IoTDB");
        assertThat(result.outLines().get(1)).startsWith("writes were paused for ");
        assertThat(result.outLines().get(2)).isEqualTo("to do: MySQL stays read_only");
        assertThat(reports()).hasSize(1);
        assertThat(result.outLines().get(3)).endsWith(reports().get(0).toString());
        assertThat(Files.readString(reports().get(0)))
                .startsWith("# Cutover of plant\n")
                .contains(
                        "**switched: the application was switched to IoTDB**",
                        "| final position | binlog.000007:1234 |",
                        "| executed GTIDs | uuid:1-5 |",
                        "| savepoint | file:/savepoint-1 |",
                        "| ambience | 1,000,000 | 1,000,000 | cafe0001 at 2026-11-22T09:00:00Z,"
                                + " before the changes |",
                        "| writes resumed at | not in MySQL |")
                .doesNotContain("hunter2");
        assertThat(result.errLines())
                .filteredOn(line -> line.startsWith("[x] "))
                .hasSize(9)
                .anyMatch(line -> line.startsWith("[x] drain ") && line.endsWith("s  lag 0"));
    }

    @Test
    void aRehearsalSaysHowLongEachPartTook() {
        CliRunner.Result result = cli.cutover("--rehearse", "--yes").exits(ExitCode.DONE);

        assertThat(result.out())
                .startsWith(
                        "rehearsed: everything but the switch worked, and everything is undone\n")
                .contains("draining ", "verifying ", "savepoint ");
        assertThat(cli.cutovers.calls)
                .containsExactly("pause", "stop", "resume CDC", "resume writes");
    }

    @Test
    void aDifferenceExitsWith8() throws Exception {
        cli.cutovers.equal = false;

        CliRunner.Result result =
                cli.cutover("--execute", "--yes", "--output", "json").exits(ExitCode.NOT_SWITCHED);

        JsonNode report = new JsonMapper().readTree(result.out());
        assertThat(report.path("status").asText()).isEqualTo("undone");
        assertThat(report.path("exit_code").asInt()).isEqualTo(8);
        assertThat(report.path("sentence").asText()).contains("ambience: 2 rows differ");
        assertThat(report.path("writes_resumed").asBoolean()).isTrue();
        assertThat(report.path("position").path("offset").asLong()).isEqualTo(1234);
        assertThat(report.path("verified").path("differences")).hasSize(1);
        JsonNode table = report.path("verified").path("tables").path(0);
        assertThat(table.path("checksum").asText()).isEqualTo("cafe0001");
        assertThat(table.path("checksum_at").asText()).isEqualTo("2026-11-22T09:00:00Z");
        assertThat(report.path("steps")).hasSize(9);
        assertThat(report.path("report").asText()).endsWith(".md");
        assertThat(cli.cutovers.paused).isFalse();
    }

    @Test
    void nobodyAtTheTerminalMustSayYes() {
        CliRunner.Result result = cli.cutover("--execute").exits(ExitCode.NOT_SWITCHED);

        assertThat(result.out()).contains("nobody is there to confirm; use --yes");
        assertThat(cli.cutovers.calls).isEmpty();
    }

    @Test
    void aSignalUndoes() {
        cli.stopped();

        CliRunner.Result result = cli.cutover("--execute", "--yes").exits(ExitCode.NOT_SWITCHED);

        assertThat(result.out()).contains("not switched, everything is undone: a stop was asked");
        assertThat(result.err()).contains("stopping: what was done is being undone");
    }

    @Test
    void resumeAfterTheSwitchSaysSo() {
        cli.cutover("--execute", "--yes").exits(ExitCode.DONE);

        assertThat(cli.cutover("--resume").exits(ExitCode.DONE).out())
                .startsWith("switched: the application had been switched");
        assertThat(cli.cutover("--abort").exits(ExitCode.NEEDS_PERSON).err())
                .contains("has switched, and nothing of it is undone by the tool");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--abort", "--resume"})
    void thereMustBeSomethingToTakeUp(String option) {
        assertThat(cli.cutover(option).exits(ExitCode.NOT_SWITCHED).err())
                .startsWith("error: there is nothing to " + option.substring(2));
    }

    @Test
    void aClusterIsWhereTheJobIsLookedFor() {
        cli.cutover("--remote", "flink:8081").exits(ExitCode.DONE);
        assertThat(String.valueOf(cli.cutovers.cluster)).isEqualTo("flink:8081");

        assertThat(cli.cutover("--remote", "flink:x").exits(ExitCode.USAGE).err())
                .contains("--remote is flink:x, but it must be host:port");
    }

    @Test
    void oneThingAtATime() {
        CliRunner.Result result = cli.cutover("--execute", "--abort").exits(ExitCode.USAGE);

        assertThat(result.errLines())
                .containsExactly(
                        "error: --execute and --abort exclude each other; give one of them",
                        "see iotdb-migrate cutover --help");
    }

    @Test
    void aFileForBackfillsIsRefused() {
        cli.append("mode: backfill\n");

        assertThat(cli.cutover().exits(ExitCode.CONFIG).err()).contains("mode: backfill");
    }
}
