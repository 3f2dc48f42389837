package io.iotdbmigrate.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Servers as processes, by {@code scripts/sandbox}; its progress goes to the test's stderr. */
record Sandbox(Path dir) implements ServerControl {
    private static final Pattern EXPORT = Pattern.compile("export (\\w+)=(.*)");

    /** Starts all of them with no data from before and returns their addresses. */
    Map<String, String> up() {
        run("down", "--purge");
        run("up");
        return addresses();
    }

    /** Starts a MySQL of a version alone, with no data from before, and returns its address. */
    Map<String, String> upMysql(String version, String... options) {
        run("down", "--purge");
        List<String> arguments =
                new ArrayList<>(List.of("up", "--mysql", version, "--without-iotdb"));
        for (String option : options) {
            arguments.addAll(List.of("--mysql-option", option));
        }
        run(arguments.toArray(String[]::new));
        return addresses();
    }

    /** Of servers that run already. */
    Map<String, String> addresses() {
        return run("env")
                .lines()
                .map(EXPORT::matcher)
                .filter(Matcher::matches)
                .collect(
                        Collectors.toUnmodifiableMap(line -> line.group(1), line -> line.group(2)));
    }

    /** Ends all of them; their logs stay. */
    void down() {
        run("down");
    }

    @Override
    public void stop(Server server) {
        run("stop", server.sandboxName());
    }

    @Override
    public void kill(Server server) {
        run("stop", server.sandboxName(), "--kill");
    }

    @Override
    public void renewMysqlIdentity() {
        try {
            Files.delete(dir.resolve("mysql/data/auto.cnf"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path visibleToMysql(Path folder) {
        return folder;
    }

    @Override
    public void start(Server server) {
        run("start", server.sandboxName());
    }

    @Override
    public String startFlink() {
        run("up", "--with-flink");
        return addresses().get("FLINK_REST");
    }

    @Override
    public void stopFlink() {
        run("stop", "flink");
    }

    @Override
    public String flinkLogs() throws IOException {
        return Files.readString(dir.resolve("log/flink-jobmanager.log"))
                + Files.readString(dir.resolve("log/flink-taskmanager.log"));
    }

    private String run(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(script().toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("--dir", dir.toString()));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(
                        "%s ended with %d; logs are in %s"
                                .formatted(String.join(" ", command), exit, dir.resolve("log")));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + command, e);
        }
    }

    /** The repository is the working directory in Maven, a parent of it in some IDEs. */
    private static Path script() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path script = folder.resolve("scripts/sandbox");
            if (Files.isExecutable(script)) {
                return script;
            }
            folder = folder.getParent();
        }
        throw new IllegalStateException("no scripts/sandbox above " + Path.of("").toAbsolutePath());
    }
}
