package io.iotdbmigrate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a benchmark ran.
 *
 * @param load average over the minute before {@code scripts/bench} did anything
 */
record Machine(int cores, String cpu, long memoryMib, double load) {
    private static final double NOISY = 0.5;

    static Machine current() throws IOException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024,
                Double.parseDouble(System.getProperty("bench.load")));
    }

    Optional<String> warning() {
        return load > NOISY
                ? Optional.of(
                        String.format(
                                Locale.ROOT,
                                "warning: the load average was %.2f before the start; others use"
                                        + " this machine, and the figures are noisy",
                                load))
                : Optional.empty();
    }

    private static String field(String file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0");
        }
    }
}
