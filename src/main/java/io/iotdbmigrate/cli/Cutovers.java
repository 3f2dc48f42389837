package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CutoverPorts;
import io.iotdbmigrate.cutover.Person;
import io.iotdbmigrate.flink.launch.StateFolder;
import java.nio.file.Path;

/** Gives a cutover its real servers. */
@FunctionalInterface
public interface Cutovers {

    /** Connects to nothing yet; the caller closes it. */
    CutoverPorts open(MigrationConfig config, Path configFile, StateFolder state, Person person);
}
