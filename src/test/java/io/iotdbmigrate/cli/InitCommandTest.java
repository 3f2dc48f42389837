package io.iotdbmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    @TempDir Path folder;
    private CliRunner cli;

    @BeforeEach
    void runner() {
        cli = new CliRunner(folder).environment(Map.of("MYSQL_PASSWORD", "hunter2"));
    }

    @Test
    void printsTheFileAndSaysWhatIsLeftOut() {
        CliRunner.Result result =
                cli.run("init", "--user", "u", "--database", "plant").exits(ExitCode.DONE);

        assertThat(result.out()).isEqualTo(FakeDrafts.YAML);
        assertThat(result.errLines())
                .containsExactly("left out users: no column can be the time of a row");
        assertThat(cli.drafts.request.password().reveal()).isEqualTo("hunter2");
        assertThat(cli.drafts.request.port()).isEqualTo(3306);
        assertThat(cli.drafts.request.iotdbPasswordInEnvironment()).isFalse();
    }

    @Test
    void writesTheFileOnce() throws Exception {
        Path file = folder.resolve("new.yml");
        String[] command = {"init", "--user=u", "--database=plant", "-o", file.toString()};

        CliRunner.Result result = cli.run(command).exits(ExitCode.DONE);
        assertThat(result.outLines())
                .containsExactly(
                        "wrote "
                                + file
                                + " with 1 table; read what is marked \"look\", then: iotdb-migrate"
                                + " check --config "
                                + file);
        assertThat(Files.readString(file)).isEqualTo(FakeDrafts.YAML);

        assertThat(cli.run(command).exits(ExitCode.USAGE).errLines())
                .containsExactly(
                        "error: "
                                + file
                                + " exists and is left alone; give another file with --output");
    }

    @Test
    void thePasswordMustComeFromSomewhere() {
        cli.environment(Map.of());

        CliRunner.Result result =
                cli.run("init", "--user=u", "--database=plant").exits(ExitCode.USAGE);

        assertThat(result.errLines()).first().asString().contains("MYSQL_PASSWORD", "--password");
    }
}
