package io.iotdbmigrate.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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

    /** As it is given on the command line, with a blank before it; empty if it was not. */
    String option() {
        return tables.isEmpty()
                ? ""
                : " --table "
                        + tables.stream().map(ShellWord::quote).collect(Collectors.joining(" "));
    }
}
