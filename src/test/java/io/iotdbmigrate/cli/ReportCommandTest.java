package io.iotdbmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    private final CliRunner cli;
    private final Path file;

    ReportCommandTest(@TempDir Path folder) {
        cli = new CliRunner(folder);
        file = folder.resolve("plant.html");
    }

    private CliRunner.Result report(String... more) {
        String[] args = new String[7 + more.length];
        System.arraycopy(
                new String[] {
                    "report",
                    "--config",
                    cli.config.toString(),
                    "--state-dir",
                    cli.stateDir.toString(),
                    "--output",
                    file.toString()
                },
                0,
                args,
                0,
                7);
        System.arraycopy(more, 0, args, 7, more.length);
        return cli.run(args);
    }

    @Test
    void writesOnePageAboutAllThatHappened() throws IOException {
        assertThat(report().exits(ExitCode.DONE).out()).contains("wrote " + file);
        assertThat(cli.histories.state.path()).isEqualTo(cli.stateDir.toAbsolutePath());
        String text = Files.readString(file).replaceAll("<span class=\"time\">(.*?)</span>", "$1");
        assertThat(text)
                .contains(
                        "switched to IoTDB at 2026-11-22T10:16:10Z",
                        "10,000,000 rows copied",
                        "3 rows rejected by backfills",
                        "no file of changes rejected by replication",
                        "9f86d081884c7d65",
                        "writes paused",
                        "IoTDB at iotdb.example.com:6667 did not take a request",
                        "1,234,567 changed rows applied",
                        "Check of 2026-11-21T06:28:50Z: not ready",
                        "Only of ambience, log.",
                        "SET GLOBAL binlog_transaction_compression = OFF")
                .doesNotContain("<script>document.title", "<img");
    }

    @Test
    void whatExistsIsLeftAloneWithoutForce() throws IOException {
        Files.writeString(file, "<!DOCTYPE html>mine");
        assertThat(report().exits(ExitCode.USAGE).err())
                .contains("exists and is left alone; give another file with --output");
        assertThat(cli.histories.state).as("nothing was read").isNull();
        report("--force").exits(ExitCode.DONE);
        assertThat(file).content().startsWith("<!DOCTYPE html>");
    }

    @Test
    void theConfigIsNoPage() {
        String config = cli.config.toString();
        assertThat(
                        cli.run("report", "--config", config, "--output", config, "--force")
                                .exits(ExitCode.USAGE)
                                .err())
                .contains("which is the config; name another file");
        assertThat(cli.config).content().doesNotContain("<!DOCTYPE html>");
    }

    @Test
    void aMigrationThatIsNotKnownHasNoPage() {
        cli.histories.failure =
                new UserException(ExitCode.CONFIG, "name: plant, but IoTDB has no journal of it");
        assertThat(report().exits(ExitCode.CONFIG).err()).contains("has no journal of it");
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileMustBeNamed() {
        assertThat(cli.run("report", "-c", cli.config.toString()).exits(ExitCode.USAGE).err())
                .contains("--output");
    }
}
