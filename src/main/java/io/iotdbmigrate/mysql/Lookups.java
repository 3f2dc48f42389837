package io.iotdbmigrate.mysql;

import io.iotdbmigrate.config.LookupConfig;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.names.NameChange;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.UserException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Map<String, LookupColumn> columns = new LinkedHashMap<>();
    private final List<NameChange> gone;
    private final Map<String, Set<String>> goneKeys = new HashMap<>();

    /** Prepares to read by a connection, which stays open. */
    public Lookups(MigrationConfig config, Connection connection) {
        this(config, connection, List.of());
    }

    /**
     * Prepares to read by a connection, which stays open.
     *
     * @param gone rows that were deleted since the backfill: what they named keeps their names
     */
    public Lookups(MigrationConfig config, Connection connection, List<NameChange> gone) {
        this.gone = List.copyOf(gone);
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
            found = read(reference);
            known.put(reference, found);
        }
        return Optional.of(found);
    }

    private Lookup read(String reference) throws SQLException {
        Optional<String> next = Optional.of(reference);
        while (next.isPresent() && !columns.containsKey(next.get())) {
            LookupColumn column = column(next.get());
            columns.put(next.get(), column);
            next = column.before();
        }
        return Lookup.of(reference, columns::get, r -> goneKeys.getOrDefault(r, Set.of()));
    }

    private LookupColumn column(String reference) throws SQLException {
        LookupConfig lookup = LookupConfig.of(reference, config.lookups()).orElseThrow();
        TableId table = TableId.named(lookup.table(), config.mysql().database());
        TableSchema schema = schema(lookup, table);
        Column key = column(lookup, schema, lookup.key());
        String name = reference.substring(reference.lastIndexOf('.') + 1);
        return read(
                new LookupColumn(
                        reference,
                        table,
                        key,
                        column(lookup, schema, name),
                        lookup.onRename(),
                        Map.of()));
    }

    private TableSchema schema(LookupConfig lookup, TableId table) throws SQLException {
        return schemas.read(table)
                .orElseThrow(
                        () ->
                                refused(
                                        lookup.name(),
                                        "table "
                                                + table
                                                + " is not there, or user "
                                                + config.mysql().user()
                                                + " has no grant on it",
                                        "correct table"));
    }

    private LookupColumn read(LookupColumn column) throws SQLException {
        Map<String, String> rows = rows(connection, column);
        for (NameChange change : gone) {
            if (change.reference().equals(column.reference())
                    && rows.putIfAbsent(change.key(), change.name()) == null) {
                goneKeys.computeIfAbsent(column.reference(), r -> new HashSet<>())
                        .add(change.key());
            }
        }
        return column.withRows(rows);
    }

    /**
     * Makes sure that columns have the rows that they had when they were read.
     *
     * @param since what was done meanwhile, as the end of a sentence
     * @throws UserException exit code 4, if not
     */
    public static void requireUnchanged(
            Connection connection, List<LookupColumn> columns, String since) throws SQLException {
        for (LookupColumn column : columns) {
            if (!rows(connection, column).equals(column.rows())) {
                throw new UserException(
                        ExitCode.MYSQL,
                        "the look-up table "
                                + column.table()
                                + " was changed while "
                                + since
                                + "; start it again");
            }
        }
    }

    /** Reads the values by their keys. A row whose key is null is left out. */
    private static Map<String, String> rows(Connection connection, LookupColumn column)
            throws SQLException {
        Map<String, String> values = new HashMap<>();
        RowDecoder decoder = new RowDecoder(column.columns());
        try (PreparedStatement statement = connection.prepareStatement(select(column))) {
            statement.setMaxRows(MOST_ROWS + 1);
            ResultSet rows = statement.executeQuery();
            int count = 0;
            while (rows.next()) {
                if (++count > MOST_ROWS) {
                    throw refused(
                            column.lookup(),
                            "table " + column.table() + " has more than 1,000,000 rows",
                            "look up in a smaller table");
                }
                add(column, values, decoder.decode(rows));
            }
        }
        return values;
    }

    private static String select(LookupColumn column) {
        return "SELECT "
                + SqlName.quote(column.key().name())
                + ", "
                + SqlName.quote(column.value().name())
                + " FROM "
                + column.table().quoted();
    }

    private static void add(
            LookupColumn column, Map<String, String> values, @Nullable Object[] row) {
        String key = LookupColumn.text(column.key(), row[0]);
        String value = LookupColumn.text(column.value(), row[1]);
        if (key != null && values.putIfAbsent(key, value == null ? "" : value) != null) {
            throw refused(
                    column.lookup(),
                    column.key().name()
                            + " of "
                            + column.table()
                            + " is not unique: "
                            + key
                            + " is in two rows",
                    "name a column as key that is unique");
        }
    }

    private static Column column(LookupConfig lookup, TableSchema schema, String name) {
        Column column =
                schema.column(name)
                        .orElseThrow(
                                () ->
                                        refused(
                                                lookup.name(),
                                                "table " + schema.id() + " has no column " + name,
                                                "correct it"));
        boolean takes =
                column.type().kind().isInteger()
                        || (column.type().kind().isText() && !column.type().kind().isAddress());
        if (!takes) {
            throw refused(
                    lookup.name(),
                    name + " of " + schema.id() + " is " + column.type(),
                    "use an integer or character column");
        }
        return column;
    }

    private static UserException refused(String lookup, String problem, String remedy) {
        return new UserException(
                ExitCode.CONFIG, "iotdb.lookups." + lookup + ": " + problem + "; " + remedy);
    }

    /** Returns the columns that were read, those of chains too. */
    public List<LookupColumn> columns() {
        return List.copyOf(columns.values());
    }
}
