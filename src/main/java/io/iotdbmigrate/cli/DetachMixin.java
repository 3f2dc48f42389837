package io.iotdbmigrate.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --detach}. */
final class DetachMixin {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--detach",
            description = "With --remote: print the job's id and return; do not wait.")
    private boolean detach;

    /**
     * @throws ParameterException if there is nothing to detach from
     */
    boolean detach(RemoteMixin cluster) {
        if (detach && cluster.remote() == null) {
            throw new ParameterException(
                    command.commandLine(),
                    "--detach needs --remote: a job inside this process ends with it");
        }
        return detach;
    }
}
