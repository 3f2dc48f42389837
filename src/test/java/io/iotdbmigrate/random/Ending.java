package io.iotdbmigrate.random;

import java.util.List;
import java.util.Set;

/** What the application does last. Some of it MySQL does not log, and no replication can follow. */
enum Ending {
    NOTHING("SELECT 1", ""),
    PARTITION("ALTER TABLE aged DROP PARTITION p1", "DROP PARTITION"),
    TRUNCATED("ALTER TABLE aged TRUNCATE PARTITION p1", "TRUNCATE PARTITION"),
    CASCADE("DELETE FROM machine WHERE dev = 1", "machine"),
    CASCADED_UPDATE("UPDATE machine SET dev = 10 WHERE dev = 2", "machine");

    private static final Set<Ending> CASCADES = Set.of(CASCADE, CASCADED_UPDATE);

    /** Tables for it, which nothing else changes. */
    static final List<String> TABLES =
            List.of(
                    "CREATE TABLE aged (id INT, dev INT NOT NULL, ts BIGINT NOT NULL, n INT, PRIMARY"
                            + " KEY (id, ts)) PARTITION BY RANGE (ts) (PARTITION p1 VALUES LESS THAN"
                            + " (100), PARTITION p2 VALUES LESS THAN MAXVALUE)",
                    "CREATE TABLE machine (dev INT PRIMARY KEY)",
                    "CREATE TABLE owned (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, n"
                            + " INT, FOREIGN KEY (dev) REFERENCES machine (dev) ON DELETE CASCADE ON"
                            + " UPDATE CASCADE)",
                    "INSERT INTO machine VALUES (1), (2)",
                    "INSERT INTO aged VALUES (1, 1, 1, 1), (2, 1, 200, 2)",
                    "INSERT INTO owned VALUES (1, 1, 1, 1), (2, 2, 2, 2)");

    /** Of those that are mapped, in YAML. */
    static final String MAPPINGS = mapping("aged") + mapping("owned");

    private final String statement;
    private final String named;

    Ending(String statement, String named) {
        this.statement = statement;
        this.named = named;
    }

    private static String mapping(String table) {
        return """
        - table: %s
          device_field: dev
          timestamp_field: ts
          timestamp_unit: ms
          device_template: DB.%s.d{dev}
          measurements: [{name: n}]
        """
                .formatted(table, table);
    }

    /**
     * Whether a replication has to stop at it.
     *
     * @param logsCascades whether the server logs the rows that a foreign key changes
     */
    boolean stops(boolean logsCascades) {
        return this != NOTHING && !(logsCascades && CASCADES.contains(this));
    }

    /** In SQL. */
    String statement() {
        return statement;
    }

    /** Which words the reason of the stop has. */
    String named() {
        return named;
    }
}
