package io.iotdbmigrate.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --table}. */
final class TablesMixin {
    @Option(
            names = {"-t", "--table"},
            paramLabel = "NAME",
            arity = "1..*",
            description = "Only these tables of iotdb.mappings (default: all).")
    private List<String> tables = new ArrayList<>();

    List<String> tables() {
        return List.copyOf(tables);
    }
}
