package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TimePrecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;

/** A look at a target before a row moves. Not thread-safe. */
public interface TargetPreflight extends AutoCloseable {
    /** Returns the unit of the server's timestamps. */
    TimePrecision precision() throws IoTDBConnectionException;

    /**
     * Looks at the server, its databases, and what the user may do.
     *
     * @param databases to be created if absent
     * @param templates of all mappings
     * @param deletes whether replication will delete points
     */
    List<Finding> server(List<String> databases, List<DeviceTemplate> templates, boolean deletes)
            throws IoTDBConnectionException, StatementExecutionException;

    /**
     * Looks whether what the server holds leaves room for a mapping's rows, and keeps them.
     *
     * @param oldest time of the oldest row; empty if it is not known
     */
    List<Finding> table(TableMapping mapping, Optional<Instant> oldest)
            throws IoTDBConnectionException, StatementExecutionException;

    /** Closes the connection. */
    @Override
    void close() throws IoTDBConnectionException;
}
