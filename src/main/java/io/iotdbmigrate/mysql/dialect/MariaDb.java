package io.iotdbmigrate.mysql.dialect;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MariaDB.
 *
 * @param version as the server prints it
 */
public record MariaDb(String version) implements Dialect {
    @Override
    public String name() {
        return "MariaDB";
    }

    @Override
    public Optional<String> unsupported() {
        return Versions.compare(version, 10, 6, 0) >= 0
                ? Optional.empty()
                : Optional.of("is older than 10.6, the oldest that is supported");
    }

    @Override
    public String binlogStatus() {
        return "SHOW MASTER STATUS";
    }

    /**
     * Returns the query of the server's number and, where it is known, of the hash that the server
     * makes of its network card and port. There is no {@code server_uuid}.
     *
     * @see <a
     *     href="https://mariadb.com/docs/server/server-management/variables-and-modes/server-system-variables#server_uid">
     *     server_uid</a>
     */
    @Override
    public String identity() {
        return "SELECT CONCAT('server_id ', @@GLOBAL.server_id, COALESCE((SELECT"
                + " CONCAT(', server_uid ', variable_value) FROM"
                + " information_schema.global_variables WHERE variable_name = 'SERVER_UID'), ''))";
    }

    @Override
    public boolean hasGtidSets() {
        return false;
    }

    @Override
    public String replicas() {
        return "SHOW SLAVE HOSTS";
    }

    @Override
    public String replicaStatus() {
        return "SHOW ALL SLAVES STATUS";
    }

    @Override
    public String preparedTransactions() {
        return "XA RECOVER FORMAT = 'SQL'";
    }

    @Override
    public String usedIndex() {
        return "ignored = 'NO'";
    }

    @Override
    public List<Setting> binlogSettings() {
        return wholeRows();
    }

    @Override
    public List<String> replicationGrants() {
        return List.of(
                "REPLICATION SLAVE", "BINLOG MONITOR", "REPLICATION MASTER ADMIN", "SLAVE MONITOR");
    }

    @Override
    public List<String> readOnlyGrants() {
        return List.of("READ_ONLY ADMIN");
    }

    @Override
    public String writesDespiteReadOnly() {
        return "READ_ONLY ADMIN";
    }

    @Override
    public boolean isForeignToConnector() {
        return true;
    }

    @Override
    public Map<String, String> connectorTypes() {
        return Map.of(
                "VECTOR", "LONGBLOB",
                "UUID", "BINARY(16)",
                "INET6", "BINARY(16)",
                "INET4", "BINARY(4)");
    }

    @Override
    public boolean logsCharacterSets() {
        return false;
    }

    @Override
    public boolean logsChangedDatabases() {
        return false;
    }

    @Override
    public boolean hasSuperReadOnly() {
        return false;
    }

    @Override
    public String withoutCascades() {
        return "or make the key RESTRICT";
    }

    @Override
    public String persist(String assignment) {
        return "run SET GLOBAL " + assignment + " and set it in the server's option file, too";
    }
}
