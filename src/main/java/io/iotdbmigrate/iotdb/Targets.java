package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.config.IotdbConfig;
import io.iotdbmigrate.iotdb.table.TablePreflight;
import io.iotdbmigrate.iotdb.table.TableReader;
import io.iotdbmigrate.iotdb.table.TableTarget;
import io.iotdbmigrate.iotdb.tree.TreePreflight;
import io.iotdbmigrate.iotdb.tree.TreeReader;
import io.iotdbmigrate.iotdb.tree.TreeTarget;
import io.iotdbmigrate.model.UserException;

/** Factory of targets: the one place that knows which kinds there are. */
public final class Targets {
    private Targets() {}

    /** Opens the target that a connection leads to; closing it closes the connection. */
    public static Target open(Retries connection) {
        return connection.config().database() == null
                ? new TreeTarget(connection)
                : new TableTarget(connection, connection.config().database());
    }

    /** Opens a reader of what the target holds; closing it closes the connection. */
    public static TargetReader reader(Retries connection) {
        return connection.config().database() == null
                ? new TreeReader(connection)
                : new TableReader(connection, connection.config().database());
    }

    /**
     * Opens a look at the target before a row moves.
     *
     * @throws UserException exit code 5, if IoTDB cannot be reached
     */
    public static TargetPreflight preflight(IotdbConfig config) {
        return config.database() == null
                ? new TreePreflight(config)
                : new TablePreflight(config, config.database());
    }
}
