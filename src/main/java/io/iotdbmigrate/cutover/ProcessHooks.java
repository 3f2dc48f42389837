package io.iotdbmigrate.cutover;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hooks that run as processes, without arguments, in the working directory of this process. What
 * they print goes to the log; their input is empty.
 */
public final class ProcessHooks implements Hooks {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessHooks.class);
    private static final long TO_END_SECONDS = 3;

    @Override
    public Optional<String> problem(String path) {
        Path file = Path.of(path);
        if (!Files.exists(file)) {
            return Optional.of("does not exist");
        }
        if (!Files.isRegularFile(file)) {
            return Optional.of("is not a file");
        }
        return Files.isExecutable(file)
                ? Optional.empty()
                : Optional.of("is not executable for this user");
    }

    @Override
    public void run(String name, String path, Map<String, String> environment, Duration limit)
            throws InterruptedException {
        Process process = start(name, path, environment);
        AtomicReference<String> lastLine = new AtomicReference<>("");
        Thread reader = new Thread(() -> log(name, process, lastLine), "hook-" + name);
        reader.setDaemon(true);
        reader.start();
        boolean ended = false;
        try {
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            if (!ended) {
                kill(process);
            }
        }
        reader.join(TimeUnit.SECONDS.toMillis(1));
        if (!ended) {
            throw NotSwitched.because(
                    named(name, path)
                            + " took longer than "
                            + limit.toSeconds()
                            + " s and was killed"
                            + said(lastLine.get()));
        }
        LOG.info("hook {}: exit code {}", name, process.exitValue());
        if (process.exitValue() != 0) {
            throw NotSwitched.because(
                    named(name, path)
                            + " failed with exit code "
                            + process.exitValue()
                            + said(lastLine.get()));
        }
    }

    private static Process start(String name, String path, Map<String, String> environment) {
        // A name without a slash would be looked for on the PATH.
        ProcessBuilder builder =
                new ProcessBuilder(Path.of(path).toAbsolutePath().toString())
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("IOTDB_MIGRATE_HOOK", name);
        try {
            return builder.start();
        } catch (IOException e) {
            throw NotSwitched.because(
                    named(name, path) + " cannot be started: " + NotSwitched.sentence(e));
        }
    }

    private static void log(String name, Process process, AtomicReference<String> lastLine) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                LOG.info("hook {}: {}", name, line);
                if (!line.isBlank()) {
                    lastLine.set(line.strip());
                }
            }
        } catch (IOException e) {
            LOG.info("hook {}: its output ended ({})", name, e.getMessage());
        }
    }

    private static void kill(Process process) throws InterruptedException {
        // Afterwards they would no longer be known as its children.
        List<ProcessHandle> children = process.descendants().toList();
        children.forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(TO_END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static String named(String name, String path) {
        return "the " + name + " hook " + path;
    }

    private static String said(String lastLine) {
        return lastLine.isEmpty()
                ? "; the log has its output"
                : "; the last it said: " + lastLine + " (the log has all)";
    }
}
