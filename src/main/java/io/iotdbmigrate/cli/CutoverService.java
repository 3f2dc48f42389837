package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CutoverPorts;
import io.iotdbmigrate.cutover.Person;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.run.state.StateFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A service that gives a cutover its real servers. */
@FunctionalInterface
public interface CutoverService {

    /**
     * Connects to nothing yet; the caller closes it.
     *
     * @param cluster where to look for the CDC job if the state folder knows of none
     */
    CutoverPorts open(
            MigrationConfig config,
            Path configFile,
            StateFolder state,
            @Nullable ClusterAddress cluster,
            Person person);
}
