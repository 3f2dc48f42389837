package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A service that compares both sides. */
public interface VerifyService {

    /**
     * @param remote the cluster to run on; null: one inside this process
     * @return empty if the listener asked for a stop
     */
    Optional<VerifyReport> run(
            MigrationConfig config,
            StateFolder state,
            VerifyOptions options,
            @Nullable ClusterAddress remote,
            VerifyListener listener)
            throws Exception;

    /** Counts rows, no values; the listener is not asked for a stop. */
    CountReport counts(
            MigrationConfig config,
            StateFolder state,
            VerifyOptions options,
            VerifyListener listener)
            throws Exception;
}
