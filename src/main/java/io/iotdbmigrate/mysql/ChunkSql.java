package io.iotdbmigrate.mysql;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Chunk;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.KeyValue;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that plans and reads the chunks of one table.
 *
 * @param keyName the index that gives the order, null if the table has none to use
 * @param keyColumns its columns, in its order
 */
public record ChunkSql(TableId table, @Nullable String keyName, List<Column> keyColumns)
        implements Serializable {

    public ChunkSql {
        keyColumns = List.copyOf(keyColumns);
    }

    public static ChunkSql of(TableSchema schema, Optional<TableKey> key) {
        return new ChunkSql(
                schema.id(),
                key.map(TableKey::name).orElse(null),
                key.map(TableKey::columns).orElse(List.of()).stream()
                        .map(name -> schema.column(name).orElseThrow())
                        .toList());
    }

    public boolean hasKey() {
        return keyName != null;
    }

    /** Returns the rows of a chunk that the mapping takes, in key order, with its columns. */
    public String select(TableMapping mapping, Chunk chunk) {
        String columns =
                mapping.columns().stream()
                        .map(c -> SqlName.quote(c.name()))
                        .collect(Collectors.joining(", "));
        return "SELECT "
                + columns
                + from()
                + FilterSql.where(mapping, condition(chunk.after(), chunk.upTo()))
                + orderBy("");
    }

    /** Returns the first or last key there is. */
    String edge(boolean last) {
        return "SELECT " + keyList() + from() + orderBy(last ? " DESC" : "") + " LIMIT 1";
    }

    /**
     * Returns the key of the {@code rows}-th row behind {@code after}, if it does not lie behind
     * {@code end}.
     */
    String step(List<KeyValue> after, List<KeyValue> end, long rows) {
        return "SELECT "
                + keyList()
                + from()
                + where(after, end)
                + orderBy("")
                + " LIMIT 1 OFFSET "
                + (rows - 1);
    }

    private String from() {
        return " FROM "
                + table.quoted()
                + (keyName == null ? "" : " FORCE INDEX (" + SqlName.quote(keyName) + ")");
    }

    private String keyList() {
        return keyColumns.stream()
                .map(c -> SqlName.quote(c.name()))
                .collect(Collectors.joining(", "));
    }

    private String orderBy(String direction) {
        return keyColumns.isEmpty()
                ? ""
                : " ORDER BY "
                        + keyColumns.stream()
                                .map(c -> SqlName.quote(c.name()) + direction)
                                .collect(Collectors.joining(", "));
    }

    private String where(List<KeyValue> after, List<KeyValue> upTo) {
        String condition = condition(after, upTo);
        return condition.isEmpty() ? "" : " WHERE " + condition;
    }

    private String condition(List<KeyValue> after, List<KeyValue> upTo) {
        List<String> conditions = new ArrayList<>();
        if (!after.isEmpty()) {
            conditions.add(compare(after, ">", ">"));
        }
        if (!upTo.isEmpty()) {
            conditions.add(compare(upTo, "<", "<="));
        }
        return String.join(" AND ", conditions);
    }

    /**
     * Writes a lexicographic comparison written out, {@code (a > 1 OR (a = 1 AND (b > 2)))}: MySQL
     * uses an index for this form and not for {@code (a, b) > (1, 2)}.
     */
    private String compare(List<KeyValue> bound, String strict, String last) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < bound.size(); i++) {
            String name = SqlName.quote(keyColumns.get(i).name());
            String literal = bound.get(i).literal(keyColumns.get(i));
            boolean isLast = i == bound.size() - 1;
            sql.append('(').append(name).append(' ').append(isLast ? last : strict);
            sql.append(' ').append(literal);
            if (!isLast) {
                sql.append(" OR (").append(name).append(" = ").append(literal).append(" AND ");
            }
        }
        return sql.append(")".repeat(2 * bound.size() - 1)).toString();
    }
}
