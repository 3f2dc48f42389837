package io.iotdbmigrate.mysql.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MySQL and what is made of it, such as Percona Server.
 *
 * @param version as the server prints it
 */
public record MySql(String version) implements Dialect {
    private static final String HIDDEN_KEYS = "show_gipk_in_create_table_and_information_schema";

    private boolean atLeast(int major, int minor, int patch) {
        return Versions.compare(version, major, minor, patch) >= 0;
    }

    @Override
    public String name() {
        return "MySQL";
    }

    @Override
    public Optional<String> unsupported() {
        return atLeast(8, 0, 0)
                ? Optional.empty()
                : Optional.of("is older than 8.0, the oldest that is tested");
    }

    @Override
    public String binlogStatus() {
        return atLeast(8, 2, 0) ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
    }

    @Override
    public String identity() {
        return "SELECT @@GLOBAL.server_uuid";
    }

    @Override
    public boolean hasGtidSets() {
        return true;
    }

    @Override
    public String replicas() {
        return atLeast(8, 0, 22) ? "SHOW REPLICAS" : "SHOW SLAVE HOSTS";
    }

    @Override
    public String replicaStatus() {
        return atLeast(8, 0, 22) ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS";
    }

    @Override
    public String preparedTransactions() {
        return "XA RECOVER CONVERT XID";
    }

    @Override
    public String usedIndex() {
        return atLeast(8, 0, 0) ? "is_visible = 'YES'" : "TRUE";
    }

    @Override
    public List<Setting> binlogSettings() {
        List<Setting> settings = new ArrayList<>(wholeRows());
        settings.addAll(
                List.of(
                        new Setting(
                                "binlog_row_value_options",
                                "",
                                "holds only parts of a JSON value",
                                persist("binlog_row_value_options = ''")),
                        // Since MySQL 8.0.30.
                        new Setting(
                                HIDDEN_KEYS,
                                "ON",
                                "may hold a key that MySQL made and hides from readers",
                                persist(HIDDEN_KEYS + " = ON")),
                        // Since MySQL 8.0.20.
                        new Setting(
                                "binlog_transaction_compression",
                                "OFF",
                                "holds compressed transactions, which the connector passes over",
                                persist("binlog_transaction_compression = OFF"))));
        return List.copyOf(settings);
    }

    @Override
    public List<String> replicationGrants() {
        return List.of("REPLICATION SLAVE", "REPLICATION CLIENT");
    }

    @Override
    public List<String> readOnlyGrants() {
        return atLeast(8, 0, 0) ? List.of("SYSTEM_VARIABLES_ADMIN", "SUPER") : List.of("SUPER");
    }

    @Override
    public String writesDespiteReadOnly() {
        return "SUPER or CONNECTION_ADMIN";
    }

    @Override
    public boolean isForeignToConnector() {
        return atLeast(8, 2, 0);
    }

    @Override
    public Map<String, String> connectorTypes() {
        return Map.of("VECTOR", "LONGBLOB");
    }

    @Override
    public boolean logsCharacterSets() {
        return true;
    }

    @Override
    public boolean logsChangedDatabases() {
        return true;
    }

    @Override
    public boolean hasSuperReadOnly() {
        return true;
    }

    @Override
    public String withoutCascades() {
        return "make the key RESTRICT, or use MySQL 9.6 or later";
    }

    @Override
    public String persist(String assignment) {
        return atLeast(8, 0, 0)
                ? "run SET PERSIST " + assignment
                : "run SET GLOBAL " + assignment + " and set it in the server's option file, too";
    }
}
