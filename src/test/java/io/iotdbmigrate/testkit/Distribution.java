package io.iotdbmigrate.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/**
 * The unpacked distribution, run as a user runs it: as a process of its own.
 *
 * @param home has bin, lib, job, config, completion
 * @param workDir where the command is typed
 */
public record Distribution(Path home, Path workDir) {
    private static final long LONGEST_SECONDS = 300;

    /** What {@code mvn package} has just built. */
    public static Distribution built(Path workDir) {
        String home = System.getProperty("dist.home");
        Assertions.assertThat(home).as("system property dist.home").isNotNull();
        return new Distribution(Path.of(home), workDir);
    }

    /** What a command printed and returned. */
    public record Result(int code, String out, String err) {
        public List<String> outLines() {
            return out.lines().toList();
        }

        public List<String> errLines() {
            return err.lines().toList();
        }
    }

    public Path launcher() {
        return home.resolve("bin/iotdb-migrate");
    }

    public Result run(String... args) throws IOException, InterruptedException {
        return run(Map.of(), args);
    }

    /** Runs to the end, with more environment variables. */
    public Result run(Map<String, String> environment, String... args)
            throws IOException, InterruptedException {
        try (Running running = start(environment, args)) {
            return running.result();
        }
    }

    /** Starts a command and leaves it running. */
    public Running start(Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher().toString()));
        command.addAll(List.of(args));
        Path out = Files.createTempFile("dist", ".out");
        Path err = Files.createTempFile("dist", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(workDir.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().putAll(new LinkedHashMap<>(environment));
        return new Running(builder.start(), out, err);
    }

    /** A command that may still run; closing kills it. */
    public record Running(Process process, Path out, Path err) implements AutoCloseable {

        /** Sends a signal, such as INT or KILL. */
        public void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        }

        public String errSoFar() throws IOException {
            return Files.readString(err);
        }

        public Result result() throws IOException, InterruptedException {
            Assertions.assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("ended; stderr:%n%s", errSoFar())
                    .isTrue();
            return new Result(process.exitValue(), Files.readString(out), errSoFar());
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }
}
