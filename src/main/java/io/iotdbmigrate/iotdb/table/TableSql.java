package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.jspecify.annotations.Nullable;

/** SQL of the table model. */
final class TableSql {
    private TableSql() {}

    /** Quotes a name; the server compares it in lower case all the same. */
    static String name(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String names(List<String> names) {
        return names.stream().map(TableSql::name).collect(Collectors.joining(", "));
    }

    static String table(String database, String table) {
        return name(database) + "." + name(table);
    }

    /**
     * Returns the condition that a row is of a device. It names every TAG: in a deletion one that
     * is left out means any value.
     */
    static String isOf(TagValues device, List<String> tags) {
        if (device.values().size() != tags.size()) {
            throw new IllegalStateException(device.text() + " has not the TAGs " + tags);
        }
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++) {
            terms.add(is(tags.get(i), device.values().get(i)));
        }
        return String.join(" AND ", terms);
    }

    private static String is(String tag, @Nullable String value) {
        return name(tag) + (value == null ? " IS NULL" : " = " + TagValues.literal(value));
    }

    /** Returns the condition that a row is of any of some devices; empty if there are no TAGs. */
    static String isOfAny(List<TagValues> devices, List<String> tags) {
        return tags.isEmpty()
                ? ""
                : devices.stream()
                        .map(device -> isOf(device, tags))
                        .collect(Collectors.joining(") OR (", "((", "))"));
    }

    /** Returns the condition that a row's time is wanted; empty if all are. */
    static String is(TimeFilter times) {
        if (times instanceof TimeFilter.Only only) {
            return only.times().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", "time IN (", ")"));
        }
        TimeFilter.Range range = (TimeFilter.Range) times;
        List<String> terms = new ArrayList<>();
        if (range.since() != Long.MIN_VALUE) {
            terms.add("time >= " + range.since());
        }
        if (range.until() != Long.MAX_VALUE) {
            terms.add("time <= " + range.until());
        }
        return String.join(" AND ", terms);
    }

    /**
     * Returns a whole answer.
     *
     * @throws UserException exit code 5, if the server refuses
     */
    static List<ServerQuery.Row> answer(Retries retries, String database, String query)
            throws IOException {
        try {
            return retries.call(
                    session -> ServerQuery.all(session, query, TableRows.TIMEOUT_MILLIS));
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to answer a question about database " + database, e);
        }
    }

    /** Joins conditions, of which some may be empty. */
    static String where(String... conditions) {
        List<String> given = List.of(conditions).stream().filter(c -> !c.isEmpty()).toList();
        return given.isEmpty() ? "" : " WHERE " + String.join(" AND ", given);
    }
}
