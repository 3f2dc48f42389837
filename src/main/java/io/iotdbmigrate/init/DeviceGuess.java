package io.iotdbmigrate.init;

import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
    static List<Column> of(TableSchema schema, TimeGuess.Guess time) {
        return byKey(schema, time, TableKey::rowsAreUnique)
                .or(() -> byKey(schema, time, key -> true))
                .orElseGet(() -> byName(schema, time));
    }

    /** Takes the other columns of the first key of a kind that has the time and some of them. */
    private static Optional<List<Column>> byKey(
            TableSchema schema, TimeGuess.Guess time, Predicate<TableKey> kind) {
        return schema.keys().stream()
                .filter(kind)
                .filter(key -> key.columns().contains(time.first().name()))
                .map(key -> besides(schema, key, time))
                .filter(columns -> !columns.isEmpty() && columns.size() <= MOST_COLUMNS)
                .filter(columns -> columns.stream().allMatch(DeviceGuess::canBe))
                .findFirst();
    }

    private static List<Column> besides(TableSchema schema, TableKey key, TimeGuess.Guess time) {
        return key.columns().stream()
                .filter(name -> !time.has(name))
                .flatMap(name -> schema.column(name).stream())
                .toList();
    }

    private static List<Column> byName(TableSchema schema, TimeGuess.Guess time) {
        return schema.columns().stream()
                .filter(column -> !time.has(column.name()) && canBe(column))
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
