package io.iotdbmigrate.cli;

import io.iotdbmigrate.model.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --report}: the result as a page, too. */
final class ReportMixin {
    private static final String REPORT = "--report";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = REPORT,
            paramLabel = "FILE.html",
            description = "Write the result to this file, too, as a page for a browser.")
    private @Nullable Path file;

    @Option(names = "--force", description = "With --report: replace the page if it exists.")
    private boolean force;

    /**
     * Checks, before anything else is done, that the file can be written.
     *
     * @throws UserException exit code 2, if it cannot
     */
    void check() {
        if (file == null && force) {
            throw new ParameterException(
                    command.commandLine(), "--force only means something with --report");
        }
        report().ifPresent(ReportFile::check);
    }

    /** Tells whether there is a page to write. */
    boolean isWanted() {
        return file != null;
    }

    /**
     * Says no to a page of a run that has nothing to show.
     *
     * @param option that makes it such a run
     */
    void refuse(String option) {
        if (file != null) {
            throw new ParameterException(
                    command.commandLine(),
                    REPORT + " has nothing to show with " + option + "; leave one of them out");
        }
    }

    /**
     * Writes the page, if it is wanted. The run has ended as it has, written or not: a failure is
     * told on stderr, and the exit code stays that of the run.
     */
    void write(Supplier<String> page, CliEnvironment surroundings) {
        report().ifPresent(
                        report -> {
                            try {
                                report.write(page.get());
                                surroundings.err().println("report: " + file);
                            } catch (UserException e) {
                                surroundings.err().println("no report: " + e.getMessage());
                            }
                        });
    }

    /**
     * Does the work that a page is to show. Of work that fails the page says why; it is not known
     * from a page of an earlier run.
     *
     * @param page of the sentences that say why
     */
    <T> T orFailure(
            Callable<T> work, Function<List<String>, String> page, CliEnvironment surroundings)
            throws Exception {
        try {
            return work.call();
        } catch (Exception e) {
            write(() -> page.apply(Failures.sentences(e)), surroundings);
            throw e;
        }
    }

    private @Nullable Path config() {
        OptionSpec config = command.findOption("--config");
        return config == null ? null : config.getValue();
    }

    private Optional<ReportFile> report() {
        return Optional.ofNullable(file).map(path -> new ReportFile(REPORT, path, force, config()));
    }
}
