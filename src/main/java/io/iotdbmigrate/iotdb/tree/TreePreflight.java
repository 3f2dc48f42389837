package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.config.IotdbConfig;
import io.iotdbmigrate.iotdb.IotdbSessions;
import io.iotdbmigrate.iotdb.KnownCapabilities;
import io.iotdbmigrate.iotdb.PrivilegePreflight;
import io.iotdbmigrate.iotdb.ServerCapabilities;
import io.iotdbmigrate.iotdb.TargetPreflight;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.UserException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.jspecify.annotations.Nullable;

/** {@link TargetPreflight} for the tree model, over one session. */
public final class TreePreflight implements TargetPreflight {
    private final IotdbConfig config;
    private final Session session;
    private final KnownCapabilities capabilities;
    private @Nullable TtlPreflight ttl;

    /**
     * Opens the session.
     *
     * @throws UserException exit code 5, if IoTDB cannot be reached
     */
    public TreePreflight(IotdbConfig config) {
        this.config = config;
        this.session = IotdbSessions.openOrExplain(config);
        this.capabilities = new KnownCapabilities(session, config.user());
    }

    @Override
    public TargetFacts facts() throws IoTDBConnectionException, StatementExecutionException {
        return capabilities.get().facts();
    }

    @Override
    public void requireSight(List<DeviceTemplate> templates)
            throws IoTDBConnectionException, StatementExecutionException {
        PrivilegePreflight.requireSight(capabilities.get(), config.user(), templates);
    }

    @Override
    public List<Finding> server(
            List<String> databases, List<DeviceTemplate> templates, boolean deletes)
            throws IoTDBConnectionException, StatementExecutionException {
        ServerCapabilities known = capabilities.get();
        List<Finding> findings =
                new ArrayList<>(
                        new IotdbPreflight(session, known).check(databases, templates, deletes));
        findings.addAll(PrivilegePreflight.check(known, config.user(), templates));
        findings.addAll(TableDatabases.check(config, databases, templates));
        return findings;
    }

    @Override
    public void requireWritten(TableMapping mapping) {
        // A path has no form that somebody could have dropped.
    }

    @Override
    public List<Finding> table(TableMapping mapping, Optional<Instant> oldest)
            throws IoTDBConnectionException, StatementExecutionException {
        List<Finding> findings = new ArrayList<>(new SeriesPreflight(session, mapping).check());
        if (oldest.isPresent()) {
            findings.addAll(ttl().check(mapping, oldest.get(), Instant.now()));
        }
        return findings;
    }

    private TtlPreflight ttl() throws IoTDBConnectionException, StatementExecutionException {
        TtlPreflight read = ttl;
        if (read == null) {
            read = TtlPreflight.read(session);
            ttl = read;
        }
        return read;
    }

    @Override
    public void close() throws IoTDBConnectionException {
        session.close();
    }
}
