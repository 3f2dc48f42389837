package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TargetFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;

/** A look at a target before a row moves. Not thread-safe. */
public interface TargetPreflight extends AutoCloseable {
    /** Returns what mappings have to know of the server. */
    TargetFacts facts() throws IoTDBConnectionException, StatementExecutionException;

    /**
     * Makes sure that what the server says of its series can be believed.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 5, if the user may not see those of a
     *     template
     */
    void requireSight(List<DeviceTemplate> templates)
            throws IoTDBConnectionException, StatementExecutionException;

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

    /**
     * Makes sure that what rows of a mapping were written to is still there.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 5, if it is gone or another now
     */
    void requireWritten(TableMapping mapping)
            throws IoTDBConnectionException, StatementExecutionException;

    /** Closes the connection. */
    @Override
    void close() throws IoTDBConnectionException;
}
