package io.iotdbmigrate.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A program to measure: an unpacked distribution, as a user has it.
 *
 * @param home its folder
 */
record Tool(Path home) {
    /** Options in it would change what is measured. */
    static final String OPTIONS_VARIABLE = "IOTDB_MIGRATE_OPTS";

    /** What is in the tree. */
    static final Tool BUILT = new Tool(Path.of("target", "dist", "iotdb-migrate"));

    List<String> command(String... args) {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin").resolve("iotdb-migrate").toString()));
        command.addAll(List.of(args));
        return command;
    }

    /** All it says of itself. */
    String version() throws IOException {
        try (BufferedReader out = new ProcessBuilder(command("--version")).start().inputReader()) {
            return out.lines().collect(Collectors.joining(", "));
        }
    }
}
