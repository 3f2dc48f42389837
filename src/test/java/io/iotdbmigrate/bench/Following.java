package io.iotdbmigrate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@code cdc} of the tool in a process of its own, which runs until it is closed. */
final class Following implements AutoCloseable {
    private static final long START_MILLIS = 120_000;
    private static final long POLL_MILLIS = 500;

    private final Process process;

    private Following(Process process) {
        this.process = process;
    }

    /**
     * Starts it and waits until its job runs.
     *
     * @param place its options for config and state folder
     */
    static Following start(Tool tool, String name, List<String> place, Path state)
            throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of("cdc"), place.stream()).toList();
        Path output = MeasuredProcess.LOGS.resolve(name + "-cdc.err");
        Files.createDirectories(MeasuredProcess.LOGS);
        Process process =
                new ProcessBuilder(tool.command(command.toArray(String[]::new)))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        long end = System.currentTimeMillis() + START_MILLIS;
        while (!Files.exists(state.resolve("running.json"))) {
            if (System.currentTimeMillis() > end
                    || process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("cdc does not run; see " + output);
            }
        }
        return new Following(process);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
