package io.iotdbmigrate.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page, section 1, from what {@code --help} also shows. */
final class ManPage {
    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    /**
     * @param version as in the page's footer
     */
    static String of(CommandLine root, String version) {
        return new ManPage().write(root, version);
    }

    private String write(CommandLine root, String version) {
        CommandSpec spec = root.getCommandSpec();
        macro("TH", spec.name().toUpperCase(Locale.ROOT), "1", "", version, "");
        macro("SH", "NAME");
        text(spec.name() + " - " + withoutStop(header(spec)));
        macro("SH", "SYNOPSIS");
        text(spec.name() + " COMMAND [OPTIONS]");
        macro("SH", "COMMANDS");
        List<CommandLine> commands =
                root.getSubcommands().values().stream()
                        .filter(c -> !c.getCommandSpec().usageMessage().hidden())
                        .toList();
        for (CommandLine command : commands) {
            macro("SS", spec.name() + " " + command.getCommandName());
            command(command.getCommandSpec());
        }
        macro("SH", "EXIT STATUS");
        for (Map.Entry<String, String> code : spec.usageMessage().exitCodeList().entrySet()) {
            tagged(code.getKey().strip(), code.getValue());
        }
        macro("SH", "ENVIRONMENT");
        tagged("JAVA_HOME", "the Java to run with, 17 or later");
        tagged("IOTDB_MIGRATE_OPTS", "further options of the JVM, such as -Xmx4g");
        tagged(
                "FLINK_PLUGINS_DIR",
                "folder of Flink's plugins, for checkpoints on s3:// and others");
        macro("SH", "FILES");
        tagged(".iotdb-migrate/NAME/", "state of the migration: checkpoints, log, rejected rows");
        return page.toString();
    }

    private void command(CommandSpec spec) {
        text(header(spec));
        for (String line : spec.usageMessage().description()) {
            if (!line.isBlank()) {
                macro("PP");
                text(line.replace("$$", "$"));
            }
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                String label = option.arity().max() > 0 ? " " + option.paramLabel() : "";
                tagged(String.join(", ", option.names()) + label, description(option));
            }
        }
        for (String line : spec.usageMessage().footer()) {
            if (line.startsWith("  ")) {
                macro("PP");
                macro("RS", "4");
                text(line.strip());
                macro("RE");
            } else if (!line.isBlank()) {
                macro("PP");
                text(line);
            }
        }
    }

    private static String description(OptionSpec option) {
        String defaultValue = option.defaultValue() == null ? "" : option.defaultValue();
        return String.join(" ", option.description()).replace("${DEFAULT-VALUE}", defaultValue);
    }

    private static String header(CommandSpec spec) {
        return String.join(" ", spec.usageMessage().header());
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private void tagged(String tag, String description) {
        macro("TP");
        page.append("\\fB").append(escaped(tag)).append("\\fR\n");
        text(description);
    }

    private void macro(String name, String... arguments) {
        page.append('.').append(name);
        Arrays.stream(arguments)
                .forEach(
                        a ->
                                page.append(" \"")
                                        .append(escaped(a).replace("\"", "\\(dq"))
                                        .append('"'));
        page.append('\n');
    }

    /**
     * Writes a line of text, marked where need be: a line that begins with a dot or an apostrophe
     * would be a request.
     */
    private void text(String text) {
        String line = escaped(text);
        page.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "").append(line);
        page.append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
