package io.iotdbmigrate.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Command lines for a person to copy: that of this process, and what may follow it. */
final class CommandLineHint {
    private CommandLineHint() {}

    /**
     * @param without options that take no value
     */
    static String of(CommandSpec command, List<String> without) {
        return command.root().commandLine().getParseResult().originalArgs().stream()
                .filter(word -> !without.contains(word))
                .map(ShellWord::quote)
                .collect(Collectors.joining(" ", command.root().name() + " ", ""));
    }

    /**
     * Returns another command for the same migration.
     *
     * @param options those of this one that it takes, too; each has a value
     */
    static String other(CommandSpec command, String name, List<String> options) {
        ParseResult given = command.commandLine().getParseResult();
        return options.stream()
                .filter(given::hasMatchedOption)
                .map(
                        o ->
                                o
                                        + " "
                                        + ShellWord.quote(
                                                given.matchedOption(o)
                                                        .originalStringValues()
                                                        .get(0)))
                .collect(Collectors.joining(" ", command.root().name() + " " + name + " ", ""));
    }
}
