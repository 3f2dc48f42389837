package io.iotdbmigrate.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The tool as a user has it: the launcher of the unpacked distribution, a process of its own. */
public final class Tool {
    private static final long MINUTES = 5;

    private final Path folder;

    /**
     * @param folder the working directory; output goes to files in it
     */
    public Tool(Path folder) {
        this.folder = folder;
    }

    /** How a run ended. */
    public record Result(int exitCode, String out, String err) {}

    /** Starts it and returns at once. */
    public Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("dist.home"), "bin", "iotdb-migrate").toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
    }

    /** Runs it to its end. */
    public Result run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new IOException("still running after " + MINUTES + " minutes:\n" + err());
        }
        return new Result(process.exitValue(), out(), err());
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
