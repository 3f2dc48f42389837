package io.iotdbmigrate.init;

import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which columns name the device of a row. */
final class DeviceGuess {
    private static final int MOST_COLUMNS = 3;
    private static final Set<String> DEVICES =
            Set.of(
                    "device",
                    "sensor",
                    "machine",
                    "meter",
                    "station",
                    "asset",
                    "equipment",
                    "node",
                    "host",
                    "gateway",
                    "turbine",
                    "pump",
                    "vehicle",
                    "line",
                    "unit",
                    "location",
                    "site",
                    "plant",
                    "tag",
                    "channel",
                    "point",
                    "source",
                    "symbol");
    private static final Set<String> IDENTITY = Set.of("id", "no", "nr", "number", "code", "name");

    private DeviceGuess() {}

    /** Guesses; empty if nothing of the table names one. */
    static List<Column> of(TableSchema schema, Column time) {
        Optional<List<Column>> byKey =
                schema.keys().stream()
                        .filter(TableKey::rowsAreUnique)
                        .filter(key -> key.columns().contains(time.name()))
                        .map(key -> besides(schema, key, time))
                        .filter(columns -> !columns.isEmpty() && columns.size() <= MOST_COLUMNS)
                        .filter(columns -> columns.stream().allMatch(DeviceGuess::canBe))
                        .findFirst();
        return byKey.orElseGet(() -> byName(schema, time));
    }

    private static List<Column> besides(TableSchema schema, TableKey key, Column time) {
        return key.columns().stream()
                .filter(name -> !name.equals(time.name()))
                .flatMap(name -> schema.column(name).stream())
                .toList();
    }

    private static List<Column> byName(TableSchema schema, Column time) {
        return schema.columns().stream()
                .filter(column -> !column.equals(time) && canBe(column))
                .filter(DeviceGuess::saysDevice)
                .filter(column -> !identifiesRows(schema, column))
                .findFirst()
                .map(List::of)
                .orElse(List.of());
    }

    private static boolean saysDevice(Column column) {
        NameWords name = NameWords.of(column.name());
        boolean device = name.hasAny(DEVICES);
        return device && (name.words().size() == 1 || IDENTITY.contains(name.last()));
    }

    /**
     * Tells whether a column names rows. A column that is a key by itself names a row, not the
     * source of many.
     */
    private static boolean identifiesRows(TableSchema schema, Column column) {
        return schema.keys().stream()
                .anyMatch(k -> k.rowsAreUnique() && k.columns().equals(List.of(column.name())));
    }

    private static boolean canBe(Column column) {
        boolean nameable = column.name().chars().noneMatch(c -> "{}`".indexOf(c) >= 0);
        return nameable
                && !column.type().isBoolean()
                && switch (column.type().kind()) {
                    case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, CHAR, VARCHAR, ENUM, UUID ->
                            true;
                    default -> false;
                };
    }
}
