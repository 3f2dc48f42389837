package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.BackfillConfig;
import io.iotdbmigrate.config.MigrationConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that stand in for keys of {@code backfill}. */
final class BackfillMixin {
    private @Nullable Integer parallelism;
    private @Nullable Long rateLimit;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Readers and writers side by side, instead of backfill.parallelism.")
    void setParallelism(int value) {
        require(value >= 1, "--parallelism", value, "1 or more");
        parallelism = value;
    }

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            description = "Rows per second at most, instead of backfill.rate_limit; 0 is no limit.")
    void setRateLimit(long value) {
        require(value >= 0, "--rate-limit", value, "0 or more");
        rateLimit = value;
    }

    MigrationConfig override(MigrationConfig config) {
        BackfillConfig file = config.backfill();
        return config.withBackfill(
                new BackfillConfig(
                        parallelism == null ? file.parallelism() : parallelism,
                        file.chunkRows(),
                        rateLimit == null ? file.rateLimit() : rateLimit));
    }

    private void require(boolean valid, String option, long value, String expected) {
        if (!valid) {
            throw new ParameterException(
                    command.commandLine(),
                    option + " is " + value + ", but it must be " + expected);
        }
    }
}
