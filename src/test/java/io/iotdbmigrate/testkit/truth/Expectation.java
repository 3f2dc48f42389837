package io.iotdbmigrate.testkit.truth;

import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.yaml.snakeyaml.Yaml;

/**
 * The contents that IoTDB must have for the rows that MySQL has now. MySQL spells every device,
 * time and value by SQL, and this package reads the spelling: it shares nothing with the program
 * under test, so that a fault in the program's conversions cannot hide in the expectation.
 *
 * <p>Updates are expected to overwrite, deletions to delete, and IoTDB to count milliseconds.
 */
public final class Expectation {
    private Expectation() {}

    /**
     * Reads all mapped tables.
     *
     * @param zone of DATETIME and DATE columns
     * @param mappings YAML of the list under {@code iotdb.mappings}, unindented; {@code DB} in it
     *     stands for the database's IoTDB path
     * @throws IllegalStateException for what cannot be told from the rows alone: another policy
     *     than to overwrite and delete, or rows of one point without an order
     */
    public static Contents of(TestDatabase database, String zone, String mappings)
            throws SQLException {
        return of(database, zone, mappings, table -> true);
    }

    /**
     * Reads some of the mapped tables.
     *
     * @param tables says of a table whether it is read
     */
    public static Contents of(
            TestDatabase database, String zone, String mappings, Predicate<String> tables)
            throws SQLException {
        SortedMap<String, String> points = new TreeMap<>();
        List<Map<String, Object>> list =
                new Yaml().load(mappings.replace("DB", database.iotdbDatabase()));
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION time_zone = '+00:00'");
            for (Map<String, Object> mapping : list) {
                if (tables.test((String) mapping.get("table"))) {
                    new ExpectedTable(connection, mapping, ZoneId.of(zone)).addTo(points);
                }
            }
        }
        return new Contents(points);
    }
}
