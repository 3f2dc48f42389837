package io.iotdbmigrate.flink.cdc.binlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.debezium.relational.TableId;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.mapping.ConnectorNames;
import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.UserException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The decision whether a statement that defines tables lets the replication go on: columns that are
 * not mapped may come and go, anything else stops it before the next row is read.
 */
final class SchemaChanges {
    private static final Pattern EMPTIES =
            Pattern.compile("(?is)(\\s|/\\*.*?\\*/)*(truncate|drop)\\b.*");

    private static final Pattern DROPS = Pattern.compile("(?is)(\\s|/\\*.*?\\*/)*drop\\b.*");

    /** Other words for the same type, as Debezium hands on what stands in the statement. */
    private static final Map<String, String> ALIASES =
            Map.ofEntries(
                    Map.entry("INTEGER", "INT"),
                    Map.entry("INT1", "TINYINT"),
                    Map.entry("BOOL", "TINYINT"),
                    Map.entry("BOOLEAN", "TINYINT"),
                    Map.entry("INT2", "SMALLINT"),
                    Map.entry("INT3", "MEDIUMINT"),
                    Map.entry("MIDDLEINT", "MEDIUMINT"),
                    Map.entry("INT4", "INT"),
                    Map.entry("INT8", "BIGINT"),
                    Map.entry("NUMERIC", "DECIMAL"),
                    Map.entry("DEC", "DECIMAL"),
                    Map.entry("FIXED", "DECIMAL"),
                    Map.entry("REAL", "DOUBLE"),
                    Map.entry("DOUBLE PRECISION", "DOUBLE"),
                    Map.entry("FLOAT4", "FLOAT"),
                    Map.entry("FLOAT8", "DOUBLE"),
                    Map.entry("CHARACTER", "CHAR"),
                    Map.entry("NCHAR", "CHAR"),
                    Map.entry("NATIONAL CHAR", "CHAR"),
                    Map.entry("CHARACTER VARYING", "VARCHAR"),
                    Map.entry("NVARCHAR", "VARCHAR"),
                    Map.entry("NATIONAL VARCHAR", "VARCHAR"),
                    Map.entry("TINYTEXT", "TEXT"),
                    Map.entry("MEDIUMTEXT", "TEXT"),
                    Map.entry("LONGTEXT", "TEXT"),
                    Map.entry("TINYBLOB", "BLOB"),
                    Map.entry("MEDIUMBLOB", "BLOB"),
                    Map.entry("LONGBLOB", "BLOB"));

    private final List<FollowedTable> mappings;
    private final JsonMapper json = new JsonMapper();

    SchemaChanges(List<FollowedTable> mappings) {
        this.mappings = mappings;
    }

    /**
     * @param historyRecord Debezium's account of the statement
     * @param table the one it names first
     * @throws UserException exit code 6, if replication cannot go on
     */
    void check(String historyRecord, String database, String table, ChangePosition position) {
        JsonNode record;
        try {
            record = json.readTree(historyRecord);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("unreadable schema change at " + position, e);
        }
        String ddl = record.path("ddl").asText();
        JsonNode changes = record.path("tableChanges");
        if (changes.isEmpty() && EMPTIES.matcher(ddl).matches()) {
            for (String name : names(table)) {
                mapping(database, name)
                        .filter(m -> !isFollowed(m, DROPS.matcher(ddl).matches()))
                        .ifPresent(
                                m -> {
                                    throw emptied(ddl, position, m);
                                });
            }
        }
        for (JsonNode change : changes) {
            Optional<FollowedTable> mapping = mapping(change.path("id").asText());
            if (mapping.isPresent()) {
                if (change.path("type").asText().equals("DROP")) {
                    if (isFollowed(mapping.get(), true)) {
                        continue;
                    }
                    throw emptied(ddl, position, mapping.get());
                }
                String problem = problem(mapping.get(), change.path("table").path("columns"));
                if (problem != null) {
                    throw Stops.statement(ddl, position, problem);
                }
                added(mapping.get(), change.path("table").path("columns"))
                        .ifPresent(
                                column -> {
                                    throw Stops.statement(
                                            ddl,
                                            position,
                                            "adds column "
                                                    + column
                                                    + " to "
                                                    + mapping.get().table()
                                                    + ", which measurements: all would map",
                                            "To go on without it, list the columns to keep under"
                                                    + " measurements, in their order, and start cdc"
                                                    + " again. ");
                                });
            }
        }
    }

    /** Returns what may be one name, or several with commas between them. */
    private static Set<String> names(String tables) {
        Set<String> names = new LinkedHashSet<>(Set.of(tables));
        for (String name : tables.split(",", -1)) {
            names.add(name.strip());
        }
        return names;
    }

    /** Tells of a table that has lost its rows. */
    static UserException emptied(String ddl, Object position, FollowedTable mapping) {
        String history =
                mapping.patternOf(mapping.table()).isPresent() && DROPS.matcher(ddl).matches()
                        ? "To keep its rows in IoTDB as history, set on_partition_drop: ignore for"
                                + " the tables of its pattern, and start cdc again"
                                + (mapping.onPartitionDrop() == OnPartitionDrop.DELETE
                                        ? "; delete needs on_delete: delete, for else IoTDB keeps rows"
                                                + " of other tables that MySQL has not. "
                                        : ". ")
                        : "";
        return Stops.statement(ddl, position, "takes away all rows of " + mapping.table(), history);
    }

    /**
     * Tells whether a table may lose all its rows that is one of many: they stay in IoTDB as
     * history, or go there, too.
     *
     * @param drops whether the table itself goes: then it must be one of a pattern
     */
    static boolean isFollowed(FollowedTable mapping, boolean drops) {
        if (!drops) {
            return mapping.followsEmptied();
        }
        return mapping.patternOf(mapping.table()).isPresent()
                && (mapping.onPartitionDrop() == OnPartitionDrop.IGNORE
                        || mapping.followsEmptied());
    }

    /** Finds a mapping by Debezium's text of its table. Not each such text can be parsed. */
    private Optional<FollowedTable> mapping(String id) {
        return mappings.stream()
                .filter(
                        m -> {
                            TableId of = new TableId(m.table().database(), null, m.table().table());
                            return id.equals(of.toDoubleQuotedString()) || id.equals(of.toString());
                        })
                .findFirst();
    }

    private Optional<FollowedTable> mapping(String database, String table) {
        return mappings.stream()
                .filter(m -> m.table().database().equals(database))
                .filter(m -> m.table().table().equals(table))
                .findFirst();
    }

    /** Returns a column that is not mapped, if each is to be. */
    private static Optional<String> added(FollowedTable mapping, JsonNode columns) {
        Set<String> mapped = new HashSet<>();
        for (Column column : mapping.columns()) {
            mapped.add(ConnectorNames.column(column.name()).toLowerCase(Locale.ROOT));
        }
        for (JsonNode column : columns) {
            String name = column.path("name").asText();
            if (mapping.everyColumn() && !mapped.contains(name.toLowerCase(Locale.ROOT))) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static @Nullable String problem(FollowedTable mapping, JsonNode columns) {
        for (Column column : mapping.columns()) {
            JsonNode found = null;
            for (JsonNode candidate : columns) {
                if (candidate
                        .path("name")
                        .asText()
                        .equalsIgnoreCase(ConnectorNames.column(column.name()))) {
                    found = candidate;
                }
            }
            if (found == null) {
                return "takes away column " + column.name() + " of " + mapping.table();
            }
            if (!isSame(column.type(), found)) {
                return "changes column "
                        + column.name()
                        + " of "
                        + mapping.table()
                        + ", which is mapped as "
                        + column.type();
            }
        }
        return null;
    }

    private static boolean isSame(MySqlType type, JsonNode column) {
        String words = column.path("typeName").asText().toUpperCase(Locale.ROOT);
        boolean unsigned = words.contains("UNSIGNED") || words.contains("ZEROFILL");
        String name =
                words.replace(" UNSIGNED", "").replace(" ZEROFILL", "").replace(" SIGNED", "");
        int length = column.path("length").asInt(0);
        // The connector has these as what their bytes are.
        String known = type.kind().isAddress() ? "BINARY" : type.kind().name();
        if (!ALIASES.getOrDefault(name, name).equals(known) || unsigned != type.unsigned()) {
            return false;
        }
        return switch (type.kind()) {
            case TINYINT ->
                    type.isBoolean() == (length == 1 || name.startsWith("BOOL")) || type.unsigned();
            case BIT -> Math.max(1, length) == type.length();
            case DATETIME, TIMESTAMP, TIME -> length == type.length();
            case DECIMAL ->
                    (length == 0 ? 10 : length) == type.length()
                            && column.path("scale").asInt(0) == type.scale();
            default -> true;
        };
    }
}
