package io.iotdbmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.Main;
import io.iotdbmigrate.model.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, version, completion, and command lines that are wrong. */
class CommandLineTest {
    @TempDir Path folder;

    private CliRunner.Result run(String... args) {
        return new CliRunner(folder).run(args);
    }

    @Test
    void helpListsTheCommandsAndTheExitCodes() {
        CliRunner.Result result = run("--help").exits(ExitCode.DONE);

        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("Commands:", "  check  ", "  backfill  ", "  verify  ", "  cutover  ");
        for (ExitCode code : ExitCode.values()) {
            assertThat(result.out()).contains(code.code() + " ").contains(code.meaning());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "init",
                "check",
                "backfill",
                "cdc",
                "status",
                "stop",
                "verify",
                "cutover",
                "report",
                "completion"
            })
    void everyCommandHasASummaryAnExampleAndExitCodes(String command) {
        CliRunner.Result result = run(command, "--help").exits(ExitCode.DONE);

        assertThat(result.outLines().get(0)).endsWith(".").hasSizeGreaterThan(20);
        assertThat(run("--help").out()).contains(result.outLines().get(0));
        assertThat(result.out())
                .contains(
                        "Usage: iotdb-migrate " + command,
                        "Exit codes:",
                        "Example:\n",
                        "iotdb-migrate " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "check --version", "completion -V"})
    void versionNamesTheToolAndWhatItIsBuiltFrom(String line) {
        CliRunner.Result result = run(line.split(" ", -1)).exits(ExitCode.DONE);

        assertThat(result.outLines()).hasSize(5);
        assertThat(result.outLines().get(0)).matches("iotdb-migrate \\d+\\.\\d+\\.\\d+");
        assertThat(result.outLines().get(1)).matches("Flink 1\\.20\\.\\d+");
        assertThat(result.outLines().get(2)).matches("Flink MySQL CDC connector 3\\.\\d+\\.\\d+");
        assertThat(result.outLines().get(3)).matches("IoTDB client 2\\.\\d+\\.\\d+");
        assertThat(result.outLines().get(4)).matches("git commit ([0-9a-f]{7,}|unknown)");
    }

    @Test
    void completionIsAScriptForThisCommand() {
        CliRunner.Result result = run("completion").exits(ExitCode.DONE);

        assertThat(result.out())
                .startsWith("#!")
                .contains("complete -F _complete_iotdb-migrate", "--dry-run", "--offline");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bakfill|error: there is no command bakfill; did you mean backfill?",
                "chek --config x|error: there is no command chek; did you mean check?",
                "xyz|error: there is no command xyz; use one of init, check, backfill, cdc,"
                        + " status, stop, verify, cutover, report, completion",
                "check --confg x|error: there is no option --confg; did you mean --config?",
            })
    void aMistypedWordGetsTheNearestOne(String line, String sentence) {
        assertThat(run(line.split(" ", -1)).exits(ExitCode.USAGE).errLines())
                .first()
                .isEqualTo(sentence);
    }

    @Test
    void theManualPageHasEveryCommandOptionAndExitCode() {
        String page = run("man").exits(ExitCode.DONE).out();

        assertThat(page)
                .startsWith(".TH \"IOTDB\\-MIGRATE\" \"1\"")
                .contains(
                        ".SS \"iotdb\\-migrate init\"",
                        ".SS \"iotdb\\-migrate backfill\"",
                        ".SS \"iotdb\\-migrate cdc\"",
                        ".SS \"iotdb\\-migrate status\"",
                        ".SS \"iotdb\\-migrate stop\"",
                        "\\fB\\-\\-remote HOST:PORT\\fR",
                        "\\fB130\\fR")
                .doesNotContain("${DEFAULT", "${COMPLETION", "$$", "%n", "iotdb\\-migrate man\"");
    }

    static Stream<List<String>> wrongCommandLines() {
        return Stream.of(
                        "",
                        "bogus",
                        "--bogus",
                        "check",
                        "check --config",
                        "check --config x --bogus",
                        "check --config x more",
                        "check --config x --output xml",
                        "check --config x --table",
                        "backfill",
                        "backfill --config x --parallelism 0",
                        "backfill --config x --parallelism two",
                        "backfill --config x --rate-limit -1",
                        "backfill --config x --config y",
                        "backfill --config x --detach",
                        "backfill --config x --remote jm:port",
                        "backfill --config x --remote http://u:p@jm",
                        "init",
                        "init --user u --database d",
                        "init --user u --database d --time-zone Mars/Base",
                        "cdc",
                        "cdc --config x --bogus",
                        "status",
                        "stop --config x more",
                        "verify",
                        "verify --config x --sample 0",
                        "verify --config x --since yesterday",
                        "verify --config x --recheck -1",
                        "verify --config x --execute",
                        "cutover",
                        "cutover --config x --rehearse --resume",
                        "report",
                        "report --config x")
                .map(
                        line ->
                                line.isEmpty()
                                        ? List.<String>of()
                                        : Arrays.asList(line.split(" ", -1)));
    }

    @ParameterizedTest
    @MethodSource("wrongCommandLines")
    void aWrongCommandLineGetsOneSentenceAndAHint(List<String> args) {
        CliRunner.Result result = run(args.toArray(String[]::new)).exits(ExitCode.USAGE);

        assertThat(result.out()).isEmpty();
        assertThat(result.errLines()).hasSize(2);
        assertThat(result.errLines().get(0)).startsWith("error: ");
        assertThat(result.errLines().get(1)).startsWith("see iotdb-migrate").endsWith(" --help");
    }

    @ParameterizedTest
    @CsvSource({
        "check,see iotdb-migrate check --help",
        "backfill,see iotdb-migrate backfill --help",
        "bogus,see iotdb-migrate --help"
    })
    void theHintNamesTheCommand(String command, String hint) {
        assertThat(run(command).errLines()).last().isEqualTo(hint);
    }

    @Test
    void mainIsAFunction() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int code = Main.run(new PrintWriter(out), new PrintWriter(err), "--version");

        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("iotdb-migrate ");
        assertThat(err.toString()).isEmpty();
    }
}
