package io.iotdbmigrate.mysql;

import io.iotdbmigrate.config.LookupConfig;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Fingerprint;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.UserException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The look-ups of a config, read whole when they are first asked for and kept: all mappings of a
 * plan see the same. Not thread-safe.
 */
public final class Lookups {
    private static final int MOST_ROWS = 1_000_000;

    private final MigrationConfig config;
    private final Connection connection;
    private final SchemaReader schemas;
    private final Map<String, Lookup> known = new HashMap<>();

    /** Prepares to read by a connection, which stays open. */
    public Lookups(MigrationConfig config, Connection connection) {
        this.config = config;
        this.connection = connection;
        this.schemas = new SchemaReader(connection);
    }

    /**
     * Returns what a name in braces looks up; empty if it is no look-up.
     *
     * @throws UserException exit code 3, if the look-up cannot be
     */
    public Optional<Lookup> of(String reference) throws SQLException {
        Optional<LookupConfig> through = LookupConfig.of(reference, config.lookups());
        if (through.isEmpty() || reference.endsWith("/") || reference.endsWith(".")) {
            return Optional.empty();
        }
        Lookup found = known.get(reference);
        if (found == null) {
            found = read(reference, through.get());
            known.put(reference, found);
        }
        return Optional.of(found);
    }

    /** Returns the column of the mapped table that a reference begins with. */
    public static String column(String reference) {
        return reference.substring(0, reference.indexOf('.'));
    }

    private Lookup read(String reference, LookupConfig through) throws SQLException {
        String wanted = reference.substring(reference.lastIndexOf('.') + 1);
        Map<String, String> own = rows(through, wanted);
        Optional<String> before = through.before();
        Map<String, String> values = own;
        if (before.isPresent()) {
            values = new HashMap<>();
            for (Map.Entry<String, String> entry :
                    of(through.name()).orElseThrow().values().entrySet()) {
                String value = own.get(entry.getValue());
                if (value != null) {
                    values.put(entry.getKey(), value);
                }
            }
        }
        Fingerprint hash = new Fingerprint();
        new TreeMap<>(values).forEach(hash::add);
        return new Lookup(reference, hash.hex(), Map.copyOf(values));
    }

    /** Reads a column of a table by its key; rows with a null in one of both are left out. */
    private Map<String, String> rows(LookupConfig lookup, String wanted) throws SQLException {
        TableId table = TableId.named(lookup.table(), config.mysql().database());
        Optional<TableSchema> schema = schemas.read(table);
        if (schema.isEmpty()) {
            throw refused(
                    lookup,
                    "table "
                            + table
                            + " is not there, or user "
                            + config.mysql().user()
                            + " has no grant on it",
                    "correct table");
        }
        Column key = column(lookup, schema.get(), lookup.key());
        Column value = column(lookup, schema.get(), wanted);
        Map<String, String> values = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(MOST_ROWS + 1);
            ResultSet rows =
                    statement.executeQuery(
                            "SELECT " + text(key) + ", " + text(value) + " FROM " + table.quoted());
            int count = 0;
            while (rows.next()) {
                if (++count > MOST_ROWS) {
                    throw refused(
                            lookup,
                            "table " + table + " has more than 1,000,000 rows",
                            "look up in a smaller table");
                }
                add(lookup, table, values, rows.getString(1), rows.getString(2));
            }
        }
        return values;
    }

    private static void add(
            LookupConfig lookup,
            TableId table,
            Map<String, String> values,
            @Nullable String key,
            @Nullable String value) {
        if (key != null && values.putIfAbsent(key, value == null ? "" : value) != null) {
            throw refused(
                    lookup,
                    lookup.key() + " of " + table + " is not unique: " + key + " is in two rows",
                    "name a column as key that is unique");
        }
    }

    private static String text(Column column) {
        return "CONVERT(" + SqlName.quote(column.name()) + " USING utf8mb4)";
    }

    private static Column column(LookupConfig lookup, TableSchema schema, String name) {
        Column column =
                schema.column(name)
                        .orElseThrow(
                                () ->
                                        refused(
                                                lookup,
                                                "table " + schema.id() + " has no column " + name,
                                                "correct it"));
        boolean takes =
                column.type().kind().isInteger()
                        || (column.type().kind().isText() && !column.type().kind().isAddress());
        if (!takes) {
            throw refused(
                    lookup,
                    name + " of " + schema.id() + " is " + column.type(),
                    "use an integer or character column");
        }
        return column;
    }

    private static UserException refused(LookupConfig lookup, String problem, String remedy) {
        return new UserException(
                ExitCode.CONFIG, "iotdb.lookups." + lookup.name() + ": " + problem + "; " + remedy);
    }

    /** Returns those that were read, for a report. */
    public List<Lookup> read() {
        return List.copyOf(known.values());
    }
}
