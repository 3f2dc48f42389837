package io.iotdbmigrate.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The program to measure: the unpacked distribution, as a user has it. */
final class Tool {
    /** Options in it would change what is measured. */
    static final String OPTIONS_VARIABLE = "IOTDB_MIGRATE_OPTS";

    private static final Path LAUNCHER =
            Path.of("target", "dist", "iotdb-migrate", "bin", "iotdb-migrate");

    private Tool() {}

    static List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(args));
        return command;
    }

    /** All it says of itself. */
    static String version() throws IOException {
        try (BufferedReader out = new ProcessBuilder(command("--version")).start().inputReader()) {
            return out.lines().collect(Collectors.joining(", "));
        }
    }
}
