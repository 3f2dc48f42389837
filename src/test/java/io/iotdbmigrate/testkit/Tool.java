package io.iotdbmigrate.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The tool as a user has it: the launcher of the unpacked distribution, a process of its own. */
public final class Tool {
    private static final long MINUTES = 5;

    /** A JVM of seconds earns nothing back from the second compiler, nor from single pages. */
    private static final String SHORT_LIVED =
            "-XX:TieredStopAtLevel=1 -XX:+UseTransparentHugePages";

    private final Path home;
    private final Path folder;

    /**
     * What {@code mvn package} has built.
     *
     * @param folder the working directory; output goes to files in it
     */
    public Tool(Path folder) {
        this(Path.of(System.getProperty("dist.home")), folder);
    }

    /**
     * @param home has bin, lib, job, config, completion
     */
    public Tool(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /** What was built has one for all runs; what a test has unpacked has none. */
    private Path cache() {
        return home.equals(Path.of(System.getProperty("dist.home")))
                ? home.resolveSibling("cache")
                : Path.of("/dev/null");
    }

    /**
     * Lets the runs of other tests take their classes from an archive that was made for what was
     * built: each starts with half of the CPU, and none of them has to make one.
     */
    public static void share(Path archive) throws IOException {
        Path classes = Path.of(System.getProperty("dist.home")).resolveSibling("cache");
        Path folder = Files.createDirectories(classes.resolve("iotdb-migrate/classes"));
        Path copy =
                Files.copy(archive, folder.resolve("copying"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, folder.resolve(archive.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** How a run ended. */
    public record Result(int exitCode, String out, String err) {
        public List<String> outLines() {
            return out.lines().toList();
        }

        public List<String> errLines() {
            return err.lines().toList();
        }
    }

    public Path home() {
        return home;
    }

    public Path launcher() {
        return home.resolve("bin").resolve("iotdb-migrate");
    }

    /** Starts it and returns at once. */
    public Process start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(launcher().toString());
        command.addAll(List.of(arguments));
        return started(environment, command);
    }

    private Process started(Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(folder.resolve("out.txt").toFile())
                        .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().put("IOTDB_MIGRATE_OPTS", SHORT_LIVED);
        builder.environment().put("XDG_CACHE_HOME", cache().toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /**
     * Runs it to its end on a terminal, which util-linux' {@code script} makes; all it prints comes
     * as standard output.
     */
    public Result runOnTerminal(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher().toString()));
        command.addAll(List.of(arguments));
        String line = "'" + String.join("' '", command) + "'";
        return end(
                started(
                        Map.of("TERM", "xterm", "COLUMNS", "140"),
                        List.of("script", "--quiet", "--return", "--command", line, "/dev/null")));
    }

    /** Runs it to its end. */
    public Result run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** Runs it to its end, with more environment variables. */
    public Result run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return end(start(environment, arguments));
    }

    /** Waits for the end of what was started. */
    public Result end(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new IOException("still running after " + MINUTES + " minutes:\n" + err());
        }
        return new Result(process.exitValue(), out(), err());
    }

    /** Sends a signal, such as INT. */
    public static void signal(Process process, String name)
            throws IOException, InterruptedException {
        signal(process.pid(), name);
    }

    /** The same to a process that another has started. */
    public static void signal(long pid, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    /** Standard output of the last run, so far. */
    public String out() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }

    /** Standard error of the last run, so far. */
    public String err() throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }
}
