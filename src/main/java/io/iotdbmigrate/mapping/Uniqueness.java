package io.iotdbmigrate.mapping;

import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether two rows of a table can come to share (device, time). */
public final class Uniqueness {
    private Uniqueness() {}

    /**
     * Returns the unique key that makes it impossible: its columns are among those of the device
     * and the time, and both reach IoTDB without losing a difference. The way from a column's value
     * to the timestamp must not lose one either, as a finer fraction or the hour that a change of
     * clocks skips would.
     */
    public static Optional<TableKey> guarantee(TableMapping mapping, TableSchema schema) {
        return guarantee(mapping, schema.keys());
    }

    /** Returns the same of a table with these keys. */
    public static Optional<TableKey> guarantee(TableMapping mapping, Collection<TableKey> keys) {
        if (!isExact(mapping) || !separates(mapping)) {
            return Optional.empty();
        }
        List<String> identity = new ArrayList<>();
        mapping.timeColumns().forEach(c -> identity.add(lower(c.name())));
        mapping.device().columns().forEach(c -> identity.add(lower(c)));
        return keys.stream()
                .filter(TableKey::rowsAreUnique)
                .filter(key -> key.columns().stream().allMatch(c -> identity.contains(lower(c))))
                .findFirst();
    }

    /**
     * Tells whether rows that share a device have the same value in a column: their order by a key
     * does not depend on it.
     */
    public static boolean isSameWithin(TableMapping mapping, String column) {
        return separates(mapping)
                && mapping.device().columns().stream().anyMatch(c -> c.equalsIgnoreCase(column));
    }

    private static boolean isExact(TableMapping mapping) {
        RowTime time = mapping.time();
        int digits = mapping.precision().fractionDigits();
        if (time instanceof RowTime.Count count) {
            // The shortest number that names a DOUBLE may have more digits than IoTDB holds.
            return mapping.columns().get(count.column()).type().kind().isInteger()
                    && count.unit().fractionDigits() <= digits;
        }
        if (time instanceof RowTime.CountAndFraction count) {
            return count.fractionUnit().fractionDigits() <= digits;
        }
        if (time instanceof RowTime.Text) {
            return false;
        }
        boolean fine = mapping.timeColumns().stream().allMatch(c -> c.type().length() <= digits);
        boolean absolute =
                mapping.zone().getRules().isFixedOffset()
                        || mapping.timeColumns().get(0).type().kind() == Kind.TIMESTAMP;
        return fine && absolute;
    }

    /**
     * Tells whether the nodes of a template keep columns apart. Two columns in one node without
     * text between them can run together: 1 and 23 like 12 and 3.
     */
    private static boolean separates(TableMapping mapping) {
        if (mapping.keepsWholeRows()) {
            return true;
        }
        return mapping.template().nodes().stream().allMatch(node -> node.columns().size() <= 1);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
