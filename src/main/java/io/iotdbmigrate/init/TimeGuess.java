package io.iotdbmigrate.init;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which columns are the time of a row. */
final class TimeGuess {
    private static final Set<String> TIME =
            Set.of(
                    "ts",
                    "time",
                    "timestamp",
                    "datetime",
                    "date",
                    "epoch",
                    "at",
                    "when",
                    "clock",
                    "stamp");
    private static final Set<String> MEASURED =
            Set.of("event", "recorded", "measured", "sampled", "observed", "occurred", "reading");
    private static final Set<String> BOOKKEEPING =
            Set.of("updated", "modified", "changed", "deleted", "expires", "expired", "valid");
    private static final Set<String> UNITS = Set.of("s", "sec", "seconds", "ms", "millis");
    private static final Set<String> FINE_UNITS = Set.of("us", "micros", "ns", "nanos");

    /** Names of columns that hold the fraction of a second. */
    private static final Map<String, TimestampUnit> FRACTIONS =
            Map.of(
                    "ns", TimestampUnit.NS,
                    "nanos", TimestampUnit.NS,
                    "us", TimestampUnit.US,
                    "micros", TimestampUnit.US,
                    "ms", TimestampUnit.MS,
                    "millis", TimestampUnit.MS);

    private static final int IN_UNIQUE_KEY = 100;
    private static final int IN_KEY_OF_SEVERAL = 80;
    private static final int IN_KEY = 15;

    private TimeGuess() {}

    /**
     * The columns of the time.
     *
     * @param columns one, or two: seconds and their fraction, or a DATE and a TIME
     * @param units of numbers, one for each column; else empty
     */
    record Guess(List<Column> columns, List<TimestampUnit> units) {
        Guess {
            columns = List.copyOf(columns);
            units = List.copyOf(units);
        }

        Column first() {
            return columns.get(0);
        }

        boolean has(String column) {
            return columns.stream().anyMatch(c -> c.name().equals(column));
        }
    }

    static Optional<Guess> of(TableSchema schema) {
        return schema.columns().stream()
                .filter(TimeGuess::canBe)
                .max(Comparator.comparingInt(column -> score(schema, column)))
                .map(column -> withRest(schema, column));
    }

    /** Adds the column beside it in a key that holds the time of day, or the fraction. */
    private static Guess withRest(TableSchema schema, Column first) {
        List<Column> beside =
                schema.keys().stream()
                        .filter(key -> key.columns().contains(first.name()))
                        .flatMap(key -> key.columns().stream())
                        .flatMap(name -> schema.column(name).stream())
                        .toList();
        if (first.type().kind() == Kind.DATE) {
            return beside.stream()
                    .filter(c -> c.type().kind() == Kind.TIME)
                    .findFirst()
                    .map(time -> new Guess(List.of(first, time), List.of()))
                    .orElse(new Guess(List.of(first), List.of()));
        }
        TimestampUnit unit = unit(first);
        if (unit == null) {
            return new Guess(List.of(first), List.of());
        }
        return beside.stream()
                .filter(c -> c.type().kind().isInteger() && FRACTIONS.containsKey(lower(c)))
                .filter(c -> unit == TimestampUnit.S)
                .findFirst()
                .map(c -> new Guess(List.of(first, c), List.of(unit, FRACTIONS.get(lower(c)))))
                .orElse(new Guess(List.of(first), List.of(unit)));
    }

    private static String lower(Column column) {
        return column.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Tells whether a column counts. A number counts only if its name says so: most numbers are
     * something else.
     */
    private static boolean canBe(Column column) {
        return switch (column.type().kind()) {
            case DATETIME, TIMESTAMP, DATE -> true;
            case INT, BIGINT, DOUBLE -> saysTime(NameWords.of(column.name()));
            default -> false;
        };
    }

    private static boolean saysTime(NameWords name) {
        return name.hasAny(TIME)
                || ((UNITS.contains(name.last()) || FINE_UNITS.contains(name.last()))
                        && name.hasAny(MEASURED));
    }

    /**
     * Scores a column. The first of equal columns wins only by what comes before it, so all reasons
     * count.
     */
    private static int score(TableSchema schema, Column column) {
        NameWords name = NameWords.of(column.name());
        int score = column.nullable() ? 0 : 10;
        score +=
                schema.keys().stream()
                        .filter(k -> k.columns().contains(column.name()))
                        .mapToInt(TimeGuess::worth)
                        .max()
                        .orElse(0);
        score +=
                switch (column.type().kind()) {
                    case DATETIME, TIMESTAMP -> 20;
                    case DATE -> 5;
                    case DOUBLE -> 8;
                    default -> 10;
                };
        if (name.hasAny(MEASURED) || name.areAll(TIME)) {
            score += 25;
        } else if (name.hasAny(TIME)) {
            score += 10;
        }
        if (name.hasAny(BOOKKEEPING)) {
            score -= 60;
        }
        return score * 1000 - schema.columns().indexOf(column);
    }

    /** Says what a key tells of a column in it: one with the device names the time of a row. */
    private static int worth(TableKey key) {
        if (key.rowsAreUnique()) {
            return IN_UNIQUE_KEY;
        }
        return key.columns().size() > 1 ? IN_KEY_OF_SEVERAL : IN_KEY;
    }

    /** Guesses the unit; null for a column that is no number. */
    private static @Nullable TimestampUnit unit(Column column) {
        if (column.type().kind() == Kind.DOUBLE) {
            return TimestampUnit.S;
        }
        if (!column.type().kind().isInteger()) {
            return null;
        }
        return switch (NameWords.of(column.name()).last()) {
            case "s", "sec", "seconds" -> TimestampUnit.S;
            case "us", "micros" -> TimestampUnit.US;
            case "ns", "nanos" -> TimestampUnit.NS;
            case "ms", "millis" -> TimestampUnit.MS;
            default -> column.type().kind() == Kind.INT ? TimestampUnit.S : TimestampUnit.MS;
        };
    }
}
