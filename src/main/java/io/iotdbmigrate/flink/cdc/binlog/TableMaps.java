package io.iotdbmigrate.flink.cdc.binlog;

import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventMetadata;
import com.github.shyiko.mysql.binlog.event.TableMapEventMetadata.DefaultCharset;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The mapped tables by the numbers that the binlog gives them. What the binlog tells of a table is
 * compared with the definition by which the connector decodes its rows: MySQL logs how many columns
 * a row has, and the character set of each column with text.
 */
final class TableMaps {
    private static final int STRING = 254;
    private static final int ENUM = 247;
    private static final int SET = 248;
    private static final List<Integer> WITH_TEXT = List.of(15, 252, 253, STRING);

    private final List<FollowedTable> mappings;
    private final Function<TableId, @Nullable Table> definitions;
    private final Map<Integer, String> charsets;
    private final Map<Long, Known> known = new HashMap<>();

    /**
     * @param definitions how a table is defined, as the connector knows it
     * @param charsets by the numbers of their collations
     */
    TableMaps(
            List<FollowedTable> mappings,
            Function<TableId, @Nullable Table> definitions,
            Map<Integer, String> charsets) {
        this.mappings = mappings;
        this.definitions = definitions;
        this.charsets = charsets;
    }

    /**
     * A mapped table.
     *
     * @param columns how many each of its rows has
     */
    record Known(TableId table, int columns, Table definition) {}

    /**
     * Forgets all numbers. Another file begins, or another connection: numbers may mean other
     * tables.
     */
    void clear() {
        known.clear();
    }

    /** Returns the table of a number; empty for a table that is not mapped. */
    @Nullable Known byNumber(long number) {
        return known.get(number);
    }

    /** Tells whether it is mapped. */
    boolean isMapped(TableMapEventData map) {
        return mappings.stream()
                .anyMatch(
                        m ->
                                m.table().table().equals(map.getTable())
                                        && m.table().database().equals(map.getDatabase()));
    }

    /**
     * Takes in the number of a table.
     *
     * @param place where its rows stand
     * @param since what may have brought a difference, for people; may be empty
     * @throws UserException exit code 6, if the connector would decode its rows wrongly
     */
    void told(TableMapEventData map, Supplier<String> place, String since) {
        Known before = known.get(map.getTableId());
        if (before != null
                && before.table().table().equals(map.getTable())
                && before.table().database().equals(map.getDatabase())
                && before.definition() == definitions.apply(before.table())) {
            return;
        }
        known.remove(map.getTableId());
        if (!isMapped(map)) {
            return;
        }
        TableId table = new TableId(map.getDatabase(), map.getTable());
        Table definition = definitions.apply(table);
        String at = place.get();
        if (definition == null) {
            throw Stops.rows(table, at, "are of a definition that is not known here" + since);
        }
        int columns = map.getColumnTypes().length;
        if (columns != definition.columns().size()) {
            throw Stops.rows(
                    table,
                    at,
                    "have "
                            + columns
                            + " columns, and the table is known with "
                            + definition.columns().size()
                            + since);
        }
        compareCharsets(map, table, definition, at, since);
        known.put(map.getTableId(), new Known(table, columns, definition));
    }

    private void compareCharsets(
            TableMapEventData map, TableId table, Table definition, String at, String since) {
        TableMapEventMetadata metadata = map.getEventMetadata();
        if (metadata == null) {
            return;
        }
        int withText = 0;
        for (int i = 0; i < definition.columns().size(); i++) {
            if (!hasText(map, i)) {
                continue;
            }
            Column column = definition.columns().get(i);
            String logged = charsets.get(collation(metadata, withText++));
            if (logged != null
                    && isMapped(table, column.name())
                    && column.charsetName() != null
                    && !family(logged).equals(family(column.charsetName()))) {
                throw Stops.rows(
                        table,
                        at,
                        "have column "
                                + column.name()
                                + " in "
                                + logged
                                + ", and it is known in "
                                + column.charsetName()
                                + since);
            }
        }
    }

    /**
     * Tells whether values of a type are text. ENUM and SET come as strings, with their own type in
     * the higher byte of what follows.
     */
    private static boolean hasText(TableMapEventData map, int column) {
        int type = map.getColumnTypes()[column] & 0xFF;
        int real = map.getColumnMetadata()[column] >> 8;
        return WITH_TEXT.contains(type) && !(type == STRING && (real == ENUM || real == SET));
    }

    /**
     * @param withText number of the column among those with text, from 0
     */
    private static @Nullable Integer collation(TableMapEventMetadata metadata, int withText) {
        DefaultCharset usual = metadata.getDefaultCharset();
        if (usual != null) {
            Map<Integer, Integer> others = usual.getCharsetCollations();
            Integer other = others == null ? null : others.get(withText);
            return other == null ? (Integer) usual.getDefaultCharsetCollation() : other;
        }
        List<Integer> each = metadata.getColumnCharsets();
        return each == null || withText >= each.size() ? null : each.get(withText);
    }

    private boolean isMapped(TableId table, String column) {
        return mappings.stream()
                .filter(m -> m.table().equals(table))
                .flatMap(m -> m.columns().stream())
                .anyMatch(c -> c.name().equalsIgnoreCase(column));
    }

    /** Names what a character set is like. All that begin with utf8 are decoded alike. */
    private static String family(String charset) {
        String folded = charset.toLowerCase(Locale.ROOT);
        return folded.startsWith("utf8") ? "utf8" : folded;
    }
}
