package io.iotdbmigrate.cli;

import io.iotdbmigrate.model.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code iotdb-migrate man}, which the build calls to put the page into the archive. */
@Command(
        name = "man",
        hidden = true,
        header = "Prints the manual page of this command.",
        footer = {"", "Example:", "  iotdb-migrate man | man -l -"})
final class ManCommand implements Callable<Integer> {
    private final CliEnvironment surroundings;

    @Spec private CommandSpec spec;

    ManCommand(CliEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        String version = new VersionProvider().getVersion()[0];
        surroundings.out().print(ManPage.of(spec.root().commandLine(), version));
        return ExitCode.DONE.code();
    }
}
