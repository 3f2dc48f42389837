package io.iotdbmigrate.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** The command line of this process, for a person to copy and run again. */
final class SameCommand {
    private SameCommand() {}

    /**
     * @param without options that take no value
     */
    static String of(CommandSpec command, List<String> without) {
        return command.root().commandLine().getParseResult().originalArgs().stream()
                .filter(word -> !without.contains(word))
                .map(ShellWord::quote)
                .collect(Collectors.joining(" ", command.root().name() + " ", ""));
    }
}
