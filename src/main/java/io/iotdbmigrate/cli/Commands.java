package io.iotdbmigrate.cli;

import io.iotdbmigrate.model.ExitCode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** The command line, put together; every command gets what it needs in its constructor. */
public final class Commands implements IFactory {
    private static final List<ExitCode> INIT = orElse(ExitCode.INTERRUPTED);
    private static final List<ExitCode> CHECK = orElse(ExitCode.IOTDB, ExitCode.INTERRUPTED);
    private static final List<ExitCode> BACKFILL =
            orElse(
                    ExitCode.IOTDB,
                    ExitCode.JOB_FAILED,
                    ExitCode.REJECTED_ROWS,
                    ExitCode.INTERRUPTED);
    private static final List<ExitCode> CUTOVER =
            orElse(ExitCode.IOTDB, ExitCode.NOT_SWITCHED, ExitCode.NEEDS_PERSON);
    private static final List<ExitCode> CDC =
            orElse(ExitCode.IOTDB, ExitCode.JOB_FAILED, ExitCode.INTERRUPTED);
    private static final List<ExitCode> VERIFY =
            orElse(ExitCode.IOTDB, ExitCode.JOB_FAILED, ExitCode.DIFFERENT, ExitCode.INTERRUPTED);
    private static final List<ExitCode> REPORT =
            List.of(ExitCode.DONE, ExitCode.BUG, ExitCode.USAGE, ExitCode.CONFIG, ExitCode.IOTDB);
    private static final List<ExitCode> ALL = List.of(ExitCode.values());
    private static final List<ExitCode> COMPLETION = List.of(ExitCode.DONE, ExitCode.USAGE);

    private final DraftService drafts;
    private final CheckService checks;
    private final BackfillService backfills;
    private final CdcService replications;
    private final VerifyService verifies;
    private final CutoverService cutovers;
    private final HistoryService histories;
    private final CliEnvironment surroundings;
    private final LogFile log;
    private final Failures failures;

    public Commands(
            DraftService drafts,
            CheckService checks,
            BackfillService backfills,
            CdcService replications,
            VerifyService verifies,
            CutoverService cutovers,
            HistoryService histories,
            CliEnvironment surroundings) {
        this.drafts = drafts;
        this.checks = checks;
        this.backfills = backfills;
        this.replications = replications;
        this.verifies = verifies;
        this.cutovers = cutovers;
        this.histories = histories;
        this.surroundings = surroundings;
        this.log = new LogFile();
        this.failures = new Failures(surroundings, log);
    }

    /** Returns what every command that reads a config can end with, and this. */
    private static List<ExitCode> orElse(ExitCode... codes) {
        return Stream.concat(
                        Stream.of(
                                ExitCode.DONE,
                                ExitCode.BUG,
                                ExitCode.USAGE,
                                ExitCode.CONFIG,
                                ExitCode.MYSQL),
                        Stream.of(codes))
                .toList();
    }

    /** Runs a command line and returns the process' exit code. */
    public int run(String... args) {
        CommandLine root = commandLine(args);
        try {
            return root.execute(args);
        } catch (Error e) {
            return failures.bug(e, root);
        } finally {
            surroundings.out().flush();
            surroundings.err().flush();
        }
    }

    private CommandLine commandLine(String... words) {
        CommandLine root = new CommandLine(IotdbMigrateCommand.class, this);
        Subcommands.add(root, this, words);
        CommandLine completion = completion();
        root.addSubcommand(completion);
        root.setOut(surroundings.out())
                .setErr(surroundings.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, new FileNames())
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler(failures);
        exitCodes(root, ALL);
        exitCodes(root.getSubcommands().get("init"), INIT);
        exitCodes(root.getSubcommands().get("man"), COMPLETION);
        exitCodes(root.getSubcommands().get("check"), CHECK);
        exitCodes(root.getSubcommands().get("backfill"), BACKFILL);
        exitCodes(root.getSubcommands().get("cdc"), CDC);
        exitCodes(root.getSubcommands().get("status"), CHECK);
        exitCodes(root.getSubcommands().get("stop"), CDC);
        exitCodes(root.getSubcommands().get("verify"), VERIFY);
        exitCodes(root.getSubcommands().get("cutover"), CUTOVER);
        exitCodes(root.getSubcommands().get("report"), REPORT);
        exitCodes(completion, COMPLETION);
        return root;
    }

    private static CommandLine completion() {
        CommandLine completion = new CommandLine(new GenerateCompletion());
        completion.getCommandSpec().name("completion").versionProvider(new VersionProvider());
        completion
                .getCommandSpec()
                .usageMessage()
                .header("Prints a script that completes this command in bash and zsh.")
                .description(new String[0])
                .footer("", "Example:", "  source <(iotdb-migrate completion)");
        return completion;
    }

    private static void exitCodes(CommandLine command, List<ExitCode> codes) {
        Map<String, String> list = new LinkedHashMap<>();
        codes.forEach(code -> list.put(" " + code.code(), code.meaning()));
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(list);
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == InitCommand.class) {
            return type.cast(new InitCommand(drafts, surroundings));
        }
        if (type == ManCommand.class) {
            return type.cast(new ManCommand(surroundings));
        }
        if (type == CheckCommand.class) {
            return type.cast(new CheckCommand(checks, surroundings));
        }
        if (type == BackfillCommand.class) {
            return type.cast(new BackfillCommand(backfills, surroundings, log));
        }
        if (type == CdcCommand.class) {
            return type.cast(new CdcCommand(replications, backfills, surroundings, log));
        }
        if (type == StatusCommand.class) {
            return type.cast(new StatusCommand(replications, surroundings));
        }
        if (type == StopCommand.class) {
            return type.cast(new StopCommand(replications, surroundings));
        }
        if (type == CutoverCommand.class) {
            return type.cast(new CutoverCommand(cutovers, surroundings, log));
        }
        if (type == ReportCommand.class) {
            return type.cast(new ReportCommand(histories, surroundings));
        }
        if (type == VerifyCommand.class) {
            return type.cast(new VerifyCommand(verifies, surroundings, log));
        }
        return CommandLine.defaultFactory().create(type);
    }
}
