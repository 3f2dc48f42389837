package io.iotdbmigrate.cli;

import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.UserException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --remote}. */
final class RemoteMixin {
    private @Nullable ClusterAddress remote;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--remote",
            paramLabel = "HOST:PORT",
            description =
                    "Use the Flink 1.20 cluster whose REST interface is there, not one inside this"
                            + " process.")
    void setRemote(String text) {
        try {
            remote = ClusterAddress.parse(text);
        } catch (UserException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    @Nullable ClusterAddress remote() {
        return remote;
    }
}
