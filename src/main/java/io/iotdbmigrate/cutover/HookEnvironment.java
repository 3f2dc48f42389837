package io.iotdbmigrate.cutover;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.BinlogPosition;
import java.util.Map;
import java.util.TreeMap;

/** Environment variables that hooks get; none is secret. */
record HookEnvironment(Map<String, String> variables) {
    private static final String PREFIX = "IOTDB_MIGRATE_";

    HookEnvironment {
        variables = Map.copyOf(variables);
    }

    static HookEnvironment of(MigrationConfig config) {
        return new HookEnvironment(
                Map.of(
                        PREFIX + "NAME", config.name(),
                        PREFIX + "MYSQL", config.mysql().address(),
                        PREFIX + "MYSQL_DATABASE", config.mysql().database(),
                        PREFIX + "IOTDB", config.iotdb().address()));
    }

    HookEnvironment with(Facts facts) {
        Map<String, String> all = new TreeMap<>(variables);
        BinlogPosition position = facts.position();
        if (position != null) {
            all.put(PREFIX + "POSITION", position.toString());
            all.put(PREFIX + "GTID_SET", position.gtidSet());
        }
        String savepoint = facts.savepoint();
        if (savepoint != null) {
            all.put(PREFIX + "SAVEPOINT", savepoint);
        }
        return new HookEnvironment(all);
    }
}
