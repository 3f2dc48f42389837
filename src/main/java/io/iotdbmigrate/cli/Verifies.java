package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.launch.StateFolder;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyReport;
import java.util.Optional;

/** Compares both sides. */
public interface Verifies {

    /** Empty if the listener asked for a stop. */
    Optional<VerifyReport> run(
            MigrationConfig config,
            StateFolder state,
            VerifyOptions options,
            VerifyListener listener)
            throws Exception;

    /** Only counts rows; the listener is not asked for a stop. */
    CountReport counts(
            MigrationConfig config,
            StateFolder state,
            VerifyOptions options,
            VerifyListener listener)
            throws Exception;
}
