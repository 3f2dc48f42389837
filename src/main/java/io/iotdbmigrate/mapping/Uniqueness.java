package io.iotdbmigrate.mapping;

import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.util.ArrayList;
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
        Column time = mapping.columns().get(mapping.timeColumn());
        if (!isExact(mapping, time.type()) || !separates(mapping.device())) {
            return Optional.empty();
        }
        List<String> identity = new ArrayList<>();
        identity.add(lower(time.name()));
        mapping.device().columns().forEach(c -> identity.add(lower(c)));
        return schema.keys().stream()
                .filter(TableKey::rowsAreUnique)
                .filter(key -> key.columns().stream().allMatch(c -> identity.contains(lower(c))))
                .findFirst();
    }

    private static boolean isExact(TableMapping mapping, MySqlType type) {
        boolean fixedOffset = mapping.zone().getRules().isFixedOffset();
        if (type.kind().isInteger()) {
            return switch (mapping.timestampUnit() == null
                    ? io.iotdbmigrate.config.MappingConfig.TimestampUnit.MS
                    : mapping.timestampUnit()) {
                case S, MS -> true;
                case US -> mapping.precision().fractionDigits() >= 6;
                case NS -> mapping.precision().fractionDigits() >= 9;
            };
        }
        return (type.kind() == Kind.TIMESTAMP || fixedOffset)
                && type.length() <= mapping.precision().fractionDigits();
    }

    /**
     * Tells whether the nodes of a template keep columns apart. Two columns in one node without
     * text between them can run together: 1 and 23 like 12 and 3.
     */
    private static boolean separates(DeviceTemplate template) {
        return template.nodes().stream()
                .allMatch(
                        node ->
                                node.parts().stream().filter(DeviceTemplate.Part::isColumn).count()
                                        <= 1);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
