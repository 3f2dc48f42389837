package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that has ended well.
 *
 * @param report the JSON on its stdout, missing if there is none
 * @param seconds from its start to its end
 * @param cpuSeconds that it spent, in itself and for it in the kernel
 * @param peakRssKib the most memory it held at a time
 */
record MeasuredProcess(JsonNode report, double seconds, double cpuSeconds, long peakRssKib) {
    /** Kept after a run, unlike the servers' folder. */
    static final Path LOGS = Path.of("target", "bench-log");

    private static final long LOOK_MILLIS = 50;
    private static final double TICKS_A_SECOND = 100;

    /** Places of cutime and cstime in /proc/PID/stat behind the name, see proc(5). */
    private static final int CHILDREN_USER = 13;

    private static final int CHILDREN_SYSTEM = 14;

    /** A main class of this class path in a JVM of its own, with the flags of this one. */
    static List<String> java(String heap, Class<?> main, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add-opens="))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        return command;
    }

    /**
     * Runs it to its end.
     *
     * @throws IllegalStateException if it fails; says where its output is
     */
    static MeasuredProcess run(String name, List<String> command)
            throws IOException, InterruptedException {
        return run(name, command, 0);
    }

    /**
     * Runs it to its end.
     *
     * @param status the exit status that it must have
     * @throws IllegalStateException if it has another; says where its output is
     */
    static MeasuredProcess run(String name, List<String> command, int status)
            throws IOException, InterruptedException {
        Files.createDirectories(LOGS);
        Path out = LOGS.resolve(name.replace(' ', '-') + ".out");
        Path err = LOGS.resolve(name.replace(' ', '-') + ".err");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove(Tool.OPTIONS_VARIABLE);
        double cpuBefore = cpuOfChildren();
        long start = System.nanoTime();
        Process process = builder.start();
        Thread ending = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(ending);
        long peak = 0;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakRssKib(process.pid()));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Runtime.getRuntime().removeShutdownHook(ending);
        double cpu = cpuOfChildren() - cpuBefore;
        if (process.exitValue() != status) {
            throw new IllegalStateException(
                    "%s ended with %d; see %s and %s"
                            .formatted(name, process.exitValue(), err, out));
        }
        return new MeasuredProcess(json(out), seconds, cpu, peak);
    }

    /** Takes what begins a line; a device template has braces, too. */
    private static JsonNode json(Path out) throws IOException {
        String text = '\n' + Files.readString(out, UTF_8);
        int json = text.indexOf("\n{");
        return json < 0
                ? MissingNode.getInstance()
                : new JsonMapper().readTree(text.substring(json));
    }

    /** Of all children that have ended, as the kernel adds it up for this process. */
    private static double cpuOfChildren() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"), UTF_8);
        // behind the name, which may have anything in it
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]))
                / TICKS_A_SECOND;
    }

    /** 0 once the process has ended. */
    private static long peakRssKib(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
