package io.iotdbmigrate.cli;

import io.iotdbmigrate.cli.report.FailureJson;
import io.iotdbmigrate.config.yaml.ConfigException;
import io.iotdbmigrate.model.AwayException;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The way from what was thrown to sentences on stderr and an exit code. */
final class Failures implements IExecutionExceptionHandler {
    private final CliEnvironment surroundings;
    private final LogFile log;

    Failures(CliEnvironment surroundings, LogFile log) {
        this.surroundings = surroundings;
        this.log = log;
    }

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parsed) {
        boolean json = wantsJson(parsed);
        if (failure instanceof UserException known) {
            return known(known.exitCode(), failure, json);
        }
        if (failure instanceof AwayException away) {
            return known(away.exitCode(), failure, json);
        }
        return failure instanceof ConfigException
                ? known(ExitCode.CONFIG, failure, json)
                : bug(failure, json);
    }

    /** Returns why something failed, as people are told: one sentence at least. */
    static List<String> sentences(Exception failure) {
        boolean known =
                failure instanceof UserException
                        || failure instanceof AwayException
                        || failure instanceof ConfigException;
        List<String> sentences =
                known
                        ? String.valueOf(failure.getMessage()).lines().toList()
                        : List.of(what(failure) + "; this is a bug, please report");
        return sentences.isEmpty() ? List.of(failure.toString()) : sentences;
    }

    private static String what(Throwable bug) {
        return bug.toString().lines().findFirst().orElseThrow();
    }

    private int known(ExitCode exitCode, Exception failure, boolean json) {
        List<String> sentences = sentences(failure);
        sentences.forEach(sentence -> surroundings.err().println("error: " + sentence));
        return end(exitCode, sentences, json);
    }

    /** Reports a fault of ours; for what picocli lets through. */
    int bug(Error bug, CommandLine root) {
        ParseResult parsed = root.getParseResult();
        return bug(bug, parsed != null && wantsJson(parsed));
    }

    private static boolean wantsJson(ParseResult parsed) {
        return parsed.asCommandLineList().stream()
                .flatMap(command -> command.getCommandSpec().mixins().values().stream())
                .anyMatch(
                        mixin ->
                                mixin.userObject() instanceof OutputMixin output
                                        && output.isJson());
    }

    private int bug(Throwable bug, boolean json) {
        String sentence =
                what(bug)
                        + "; the log file "
                        + log.keep(bug)
                        + " has the stack trace, please report";
        surroundings.err().println("bug: " + sentence);
        return end(ExitCode.BUG, List.of(sentence), json);
    }

    private int end(ExitCode exitCode, List<String> sentences, boolean json) {
        if (json) {
            surroundings.out().println(FailureJson.render(exitCode, sentences));
        }
        return exitCode.code();
    }

    /** Reports a wrong command line: one sentence and where help is. */
    static int usage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("error: " + DidYouMean.explain(failure, args));
        err.println("see " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.code();
    }
}
