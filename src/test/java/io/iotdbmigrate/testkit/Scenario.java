package io.iotdbmigrate.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A folder below {@code scenarios}: a schema as people have it, in our own words, with invented
 * rows, the mappings, and what IoTDB must hold before and after its changes, written by hand.
 */
public record Scenario(String name) {

    /** Creates its tables with their rows. */
    public void create(TestDatabase database) throws Exception {
        run(database, "schema.sql");
    }

    public void change(TestDatabase database) throws Exception {
        run(database, "changes.sql");
    }

    /** Returns the list under {@code iotdb.mappings}; {@code DB} stands for IoTDB's database. */
    public String mappings(TestDatabase database) throws IOException {
        return text("mappings.yml").replace("MYDB", database.name());
    }

    /** Returns {@code iotdb.lookups}, to stand behind the mappings; empty if there are none. */
    public String lookups() throws IOException {
        try (InputStream in = Scenario.class.getResourceAsStream(path("lookups.yml"))) {
            return in == null ? "" : new String(in.readAllBytes(), UTF_8);
        }
    }

    /** Returns the same for IoTDB's table model. */
    public String tableMappings() throws IOException {
        return text("table-mappings.yml");
    }

    /** Returns the rows of its table, as {@link TableContents} has them. */
    public Set<String> tableRows(boolean changed) throws IOException {
        return new TreeSet<>(
                text(changed ? "table-changed.txt" : "table-expected.txt").lines().toList());
    }

    private String path(String file) {
        return "/scenarios/" + name + "/" + file;
    }

    public Contents expected(TestDatabase database) throws IOException {
        return contents(database, "expected.txt");
    }

    public Contents changed(TestDatabase database) throws IOException {
        return contents(database, "changed.txt");
    }

    private void run(TestDatabase database, String file) throws Exception {
        for (String statement : text(file).split(";\n", -1)) {
            if (!statement.isBlank()) {
                database.execute(statement.replace("MYDB", database.name()));
            }
        }
    }

    /** Each line is device, time, measurement, type and value, with a space between each. */
    private Contents contents(TestDatabase database, String file) throws IOException {
        SortedMap<String, String> points = new TreeMap<>();
        for (String line : text(file).replace("MYDB", database.name()).split("\n", -1)) {
            if (!line.isEmpty()) {
                String[] parts = line.split(" ", 5);
                String value =
                        parts[3].equals("DOUBLE")
                                ? Long.toHexString(
                                        Double.doubleToRawLongBits(Double.parseDouble(parts[4])))
                                : parts[4];
                points.put(
                        database.iotdbDatabase()
                                + "."
                                + String.join(" ", parts[0], parts[1], parts[2]),
                        parts[3] + " " + value);
            }
        }
        return new Contents(points);
    }

    private String text(String file) throws IOException {
        String path = path(file);
        try (InputStream in = Scenario.class.getResourceAsStream(path)) {
            return new String(java.util.Objects.requireNonNull(in, path).readAllBytes(), UTF_8);
        }
    }
}
