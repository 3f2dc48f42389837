package io.iotdbmigrate.bench;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The benchmarks behind {@code scripts/bench}, one subcommand each. Needs servers of its own, given
 * by the environment as {@code scripts/sandbox env} prints it: all their IoTDB databases are
 * dropped.
 */
@Command(
        name = "scripts/bench",
        subcommands = {
            BackfillBenchCommand.class,
            VerifyBenchCommand.class,
            CdcBenchCommand.class,
            CutoverBenchCommand.class,
            TablesBenchCommand.class,
            PeersBenchCommand.class,
            AllBenchCommand.class
        },
        description = "Measures iotdb-migrate on this machine, with servers started for it.")
public final class Bench {
    @Option(
            names = "--parse-only",
            hidden = true,
            description = "Check the options of the subcommand; for before the servers start.")
    private boolean parseOnly;

    private Bench() {}

    public static void main(String[] args) {
        System.exit(
                new CommandLine(new Bench())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(args));
    }

    boolean parseOnly() {
        return parseOnly;
    }

    /** Where the script was called from; the working directory is the repository. */
    static Path callersFolder() {
        return Path.of(System.getProperty("bench.caller", ""));
    }
}
