package io.iotdbmigrate.init;

import io.iotdbmigrate.init.TableGuess.Mapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.mysql.ForeignKeys.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table in which the name that a column stands for may be found: by a foreign key, or because the
 * column is called like the table.
 *
 * @param column of the mapped tables
 * @param table with its database if that is another one
 * @param key the table's key
 * @param name the column that looks most like a name
 * @param reason why it is proposed
 */
record LookupGuess(String column, String table, String key, String name, String reason) {
    private static final Pattern BRACES = Pattern.compile("\\{([^{}]+)}");
    private static final Pattern ID = Pattern.compile("(?i)(.+?)_?id");
    private static final Set<String> NAMES =
            Set.of("name", "key", "path", "tagpath", "host", "label", "title", "entity", "uuid");

    /**
     * Proposes look-ups for the columns that name devices and measurements.
     *
     * @param schemas of the database's tables
     * @param keys the foreign keys of the database
     */
    static List<LookupGuess> of(
            List<TableGuess> guesses,
            List<TableSchema> schemas,
            List<Reference> keys,
            Set<String> views) {
        Map<String, LookupGuess> found = new LinkedHashMap<>();
        for (TableGuess guess : guesses) {
            if (guess instanceof Mapping mapping) {
                for (String column : naming(mapping)) {
                    byForeignKey(mapping, column, schemas, keys)
                            .or(() -> byName(mapping, column, schemas, views))
                            .ifPresent(lookup -> found.putIfAbsent(column, lookup));
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** Tells whether columns of tables may have their names in another table. */
    static boolean mayName(TableId table, List<TableSchema> schemas, List<Reference> keys) {
        return keys.stream().anyMatch(key -> key.to().equals(table))
                || schemas.stream()
                        .flatMap(s -> s.columns().stream())
                        .anyMatch(c -> isCalledLike(c.name(), table.table()));
    }

    private static boolean isCalledLike(String column, String table) {
        Matcher id = ID.matcher(column);
        return id.matches()
                && List.of("", "s", "es").stream()
                        .anyMatch(end -> table.equalsIgnoreCase(id.group(1) + end));
    }

    private static Set<String> naming(Mapping mapping) {
        Set<String> columns = new LinkedHashSet<>(mapping.deviceColumns());
        mapping.measurements()
                .forEach(
                        m -> {
                            Matcher names = BRACES.matcher(m.name());
                            while (names.find()) {
                                columns.add(names.group(1));
                            }
                        });
        return columns;
    }

    private static Optional<LookupGuess> byForeignKey(
            Mapping mapping, String column, List<TableSchema> schemas, List<Reference> keys) {
        return keys.stream()
                .filter(key -> key.column().equalsIgnoreCase(column))
                .filter(key -> isOf(key.table(), mapping))
                .flatMap(
                        key ->
                                schemas.stream()
                                        .filter(s -> s.id().equals(key.to()))
                                        .flatMap(
                                                s ->
                                                        of(
                                                                column,
                                                                s,
                                                                key.toColumn(),
                                                                "a foreign key leads there")
                                                                .stream()))
                .findFirst();
    }

    private static boolean isOf(String table, Mapping mapping) {
        return mapping.isPattern() ? table.matches(mapping.table()) : table.equals(mapping.table());
    }

    private static Optional<LookupGuess> byName(
            Mapping mapping, String column, List<TableSchema> schemas, Set<String> views) {
        return schemas.stream()
                .filter(s -> isCalledLike(column, s.id().table()))
                .filter(s -> !views.contains(s.id().table()) && !isOf(s.id().table(), mapping))
                .flatMap(
                        s ->
                                ownKey(s).stream()
                                        .flatMap(
                                                k ->
                                                        of(
                                                                column,
                                                                s,
                                                                k,
                                                                "it is called like the column")
                                                                .stream()))
                .findFirst();
    }

    private static Optional<String> ownKey(TableSchema schema) {
        return schema.primaryKey()
                .map(TableKey::columns)
                .filter(columns -> columns.size() == 1)
                .map(columns -> columns.get(0));
    }

    private static Optional<LookupGuess> of(
            String column, TableSchema schema, String key, String reason) {
        return name(schema, key)
                .map(
                        name ->
                                new LookupGuess(
                                        column, schema.id().table(), key, name.name(), reason));
    }

    /** Returns the text that is most likely a name: by its own, then by a unique key, then any. */
    private static Optional<Column> name(TableSchema schema, String key) {
        List<Column> texts = new ArrayList<>();
        for (Column column : schema.columns()) {
            if (column.type().kind().isText()
                    && !column.type().kind().isAddress()
                    && !column.name().equalsIgnoreCase(key)) {
                texts.add(column);
            }
        }
        return texts.stream()
                .filter(c -> NameWords.of(c.name().toLowerCase(Locale.ROOT)).hasAny(NAMES))
                .findFirst()
                .or(() -> texts.stream().filter(c -> isUnique(schema, c)).findFirst())
                .or(() -> texts.stream().findFirst());
    }

    private static boolean isUnique(TableSchema schema, Column column) {
        return schema.keys().stream()
                .filter(TableKey::rowsAreUnique)
                .anyMatch(key -> key.columns().equals(List.of(column.name())));
    }
}
