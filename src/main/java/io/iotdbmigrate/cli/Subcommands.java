package io.iotdbmigrate.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The subcommands of a command line. Reading the options of all of them takes longer than many a
 * command itself, so those that a command line cannot call have only what the list of commands
 * shows.
 */
final class Subcommands {
    /** In the order of the list. */
    private static final List<Class<?>> ALL =
            List.of(
                    InitCommand.class,
                    CheckCommand.class,
                    BackfillCommand.class,
                    CdcCommand.class,
                    StatusCommand.class,
                    StopCommand.class,
                    VerifyCommand.class,
                    CutoverCommand.class,
                    ReportCommand.class,
                    ManCommand.class);

    /** With the options of the command without a subcommand. */
    private static final Set<String> ONLY_A_LIST = Set.of("--help", "-h", "--version", "-V");

    /** Prints something about all others, so it needs them whole. */
    private static final String OF_ALL = "man";

    private Subcommands() {}

    /** Adds them all, as far as these words can call them. */
    static void add(CommandLine root, IFactory factory, String... words) {
        for (Class<?> type : ALL) {
            Command told = type.getAnnotation(Command.class);
            root.addSubcommand(
                    told.name(),
                    isCalled(told.name(), words)
                            ? new CommandLine(type, factory)
                            : new CommandLine(listed(told)));
        }
    }

    /** Tells whether the words may call the command. Where that is in doubt, they may. */
    private static boolean isCalled(String name, String... words) {
        if (List.of(words).stream().allMatch(ONLY_A_LIST::contains)) {
            return false;
        }
        return words[0].equals(name) || words[0].equals(OF_ALL) || !names().contains(words[0]);
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        ALL.forEach(type -> names.add(type.getAnnotation(Command.class).name()));
        return names;
    }

    private static CommandSpec listed(Command told) {
        CommandSpec spec = CommandSpec.create().name(told.name());
        spec.usageMessage().header(told.header()).hidden(told.hidden());
        return spec;
    }
}
