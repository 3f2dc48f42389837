package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.yaml.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What somebody probably meant with a word that no command has. */
final class DidYouMean {
    private DidYouMean() {}

    /**
     * Writes one sentence about a wrong command line.
     *
     * @param words all of it
     */
    static String explain(ParameterException failure, String[] words) {
        if (failure instanceof MissingParameterException) {
            // A mistyped option is why a required one is missing.
            List<String> known = new ArrayList<>();
            failure.getCommandLine()
                    .getCommandSpec()
                    .options()
                    .forEach(o -> known.addAll(List.of(o.names())));
            for (String word : words) {
                String name = word.replaceFirst("=.*", "");
                if (name.startsWith("--") && !known.contains(name)) {
                    return unknown("option", name, options(failure.getCommandLine()));
                }
            }
        }
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            CommandLine command = failure.getCommandLine();
            String word = unmatched.getUnmatched().get(0);
            if (word.startsWith("-")) {
                return unknown("option", word.replaceFirst("=.*", ""), options(command));
            }
            if (!commands(command).isEmpty()) {
                return unknown("command", word, commands(command));
            }
            return "nobody expects the word \"" + word + "\" there; remove it";
        }
        return failure.getMessage().lines().findFirst().orElseThrow();
    }

    private static String unknown(String kind, String word, List<String> known) {
        Optional<String> nearest = NearestName.find(word, known);
        return "there is no "
                + kind
                + " "
                + word
                + "; "
                + nearest.map(name -> "did you mean " + name + "?")
                        .orElse("use one of " + String.join(", ", known));
    }

    static List<String> commands(CommandLine command) {
        return command.getSubcommands().entrySet().stream()
                .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    private static List<String> options(CommandLine command) {
        List<String> names = new ArrayList<>();
        command.getCommandSpec().options().forEach(o -> names.add(o.longestName()));
        return names;
    }
}
