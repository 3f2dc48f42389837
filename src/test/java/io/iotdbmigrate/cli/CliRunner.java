package io.iotdbmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cli.terminal.Screen;
import io.iotdbmigrate.cli.terminal.StopSignal;
import io.iotdbmigrate.model.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs command lines in this process; nothing behind the commands is real. */
final class CliRunner {
    private static final String CONFIG =
            """
            name: plant
            connections:
              mysql: {host: db, user: migrator, password: "${env:SECRET}", database: plant}
              iotdb: {host: iotdb}
            backfill: {parallelism: 3, rate_limit: 7}
            iotdb:
              mappings:
                - table: ambience
                  timestamp_field: at
                  device_template: root.plant.all
                  measurements: all
            """;

    final FakeDrafts drafts = new FakeDrafts();
    final FakeChecks checks = new FakeChecks();
    final FakeBackfills backfills = new FakeBackfills();
    final FakeCdcService replications = new FakeCdcService();
    final FakeVerifies verifies = new FakeVerifies();
    final FakeCutovers cutovers = new FakeCutovers();
    final FakeHistories histories = new FakeHistories();
    final Path config;
    final Path stateDir;
    private Map<String, String> environment = Map.of("SECRET", "hunter2");
    private String appended = "";
    private StopSignal stop = StopSignal.never();

    /** What a command line left behind. */
    record Result(int code, String out, String err) {
        /** Checks the exit code; shows both streams if it is another one. */
        Result exits(ExitCode expected) {
            assertThat(code).as("out:%n%s%nerr:%n%s", out, err).isEqualTo(expected.code());
            return this;
        }

        List<String> outLines() {
            return out.lines().toList();
        }

        List<String> errLines() {
            return err.lines().toList();
        }
    }

    CliRunner(Path folder) {
        config = folder.resolve("plant.yml");
        stateDir = folder.resolve("state");
        write(CONFIG);
    }

    CliRunner environment(Map<String, String> variables) {
        environment = variables;
        return this;
    }

    CliRunner stopped() {
        stop =
                new StopSignal() {
                    @Override
                    public boolean requested() {
                        return true;
                    }

                    @Override
                    public void close() {}
                };
        return this;
    }

    void write(String yaml) {
        try {
            Files.writeString(config, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void append(String yaml) {
        appended += yaml;
        write(CONFIG + appended);
    }

    Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CliEnvironment surroundings =
                new CliEnvironment(
                        new PrintWriter(out),
                        new PrintWriter(err),
                        environment,
                        Screen.none(),
                        () -> stop,
                        System::nanoTime);
        int code =
                new Commands(
                                drafts,
                                checks,
                                backfills,
                                replications,
                                verifies,
                                cutovers,
                                histories,
                                surroundings)
                        .run(args);
        return new Result(code, out.toString(), err.toString());
    }

    Result check(String... more) {
        return run(
                with(
                        new String[] {
                            "check",
                            "--config",
                            config.toString(),
                            "--state-dir",
                            stateDir.toString()
                        },
                        more));
    }

    Result backfill(String... more) {
        return run(
                with(
                        new String[] {
                            "backfill",
                            "--config",
                            config.toString(),
                            "--state-dir",
                            stateDir.toString()
                        },
                        more));
    }

    Result verify(String... more) {
        return run(
                with(
                        new String[] {
                            "verify",
                            "--config",
                            config.toString(),
                            "--state-dir",
                            stateDir.toString()
                        },
                        more));
    }

    Result cutover(String... more) {
        return run(
                with(
                        new String[] {
                            "cutover",
                            "--config",
                            config.toString(),
                            "--state-dir",
                            stateDir.toString()
                        },
                        more));
    }

    private static String[] with(String[] first, String... more) {
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }
}
