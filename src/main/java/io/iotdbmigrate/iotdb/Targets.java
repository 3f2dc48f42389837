package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.config.IotdbConfig;
import io.iotdbmigrate.iotdb.tree.TreePreflight;
import io.iotdbmigrate.iotdb.tree.TreeReader;
import io.iotdbmigrate.iotdb.tree.TreeTarget;
import io.iotdbmigrate.model.UserException;

/** Factory of targets: the one place that knows which kinds there are. */
public final class Targets {
    private Targets() {}

    /** Opens the target that a connection leads to; closing it closes the connection. */
    public static Target open(Retries connection) {
        return new TreeTarget(connection);
    }

    /** Opens a reader of what the target holds; closing it closes the connection. */
    public static TargetReader reader(Retries connection) {
        return new TreeReader(connection);
    }

    /**
     * Opens a look at the target before a row moves.
     *
     * @throws UserException exit code 5, if IoTDB cannot be reached
     */
    public static TargetPreflight preflight(IotdbConfig config) {
        return new TreePreflight(config);
    }
}
