package io.iotdbmigrate.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Command lines for a person to copy: that of this process, and what may follow it. */
final class CommandLineHint {
    private CommandLineHint() {}

    /**
     * Returns the command line, without what asks for a page: the next run has another result.
     *
     * @param without options that take no value
     */
    static String of(CommandSpec command, List<String> without) {
        List<String> words = new ArrayList<>();
        boolean value = false;
        for (String word : command.root().commandLine().getParseResult().originalArgs()) {
            boolean page = word.equals("--report") || word.startsWith("--report=");
            if (!value && !page && !word.equals("--force") && !without.contains(word)) {
                words.add(ShellWord.quote(word));
            }
            value = word.equals("--report");
        }
        return command.root().name() + " " + String.join(" ", words);
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
