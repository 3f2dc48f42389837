package io.iotdbmigrate.cli;

import io.iotdbmigrate.flink.launch.ClusterAddress;
import io.iotdbmigrate.model.UserException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --remote} and {@code --detach}. */
final class RemoteMixin {
    private @Nullable ClusterAddress remote;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--detach",
            description = "With --remote: print the job's id and return; do not wait.")
    private boolean detach;

    @Option(
            names = "--remote",
            paramLabel = "HOST:PORT",
            description =
                    "Run on the Flink 1.20 cluster whose REST interface is there, not inside this"
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

    /**
     * @throws ParameterException if there is nothing to detach from
     */
    boolean detach() {
        if (detach && remote == null) {
            throw new ParameterException(
                    command.commandLine(),
                    "--detach needs --remote: a job inside this process" + " ends with it");
        }
        return detach;
    }
}
