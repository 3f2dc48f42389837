package io.iotdbmigrate.cli;

import picocli.CommandLine.Option;

/** {@code --by-table}. */
final class ByTableMixin {
    @Option(
            names = "--by-table",
            description =
                    "A row for each table of a list or pattern, instead of one for all of them.")
    private boolean byTable;

    boolean isWanted() {
        return byTable;
    }
}
