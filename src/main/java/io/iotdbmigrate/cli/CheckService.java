package io.iotdbmigrate.cli;

import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.config.MigrationConfig;
import java.util.List;

/** A service that looks at both servers. */
@FunctionalInterface
public interface CheckService {

    /**
     * @param fast counts from a sample
     * @param tables only these; empty means all
     */
    CheckReport run(MigrationConfig config, boolean fast, List<String> tables);
}
