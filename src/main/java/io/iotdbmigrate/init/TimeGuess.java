package io.iotdbmigrate.init;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which column is the time of a row. */
final class TimeGuess {
    private static final Set<String> TIME =
            Set.of("ts", "time", "timestamp", "datetime", "date", "epoch", "at", "when");
    private static final Set<String> MEASURED =
            Set.of("event", "recorded", "measured", "sampled", "observed", "occurred", "reading");
    private static final Set<String> BOOKKEEPING =
            Set.of("updated", "modified", "changed", "deleted", "expires", "expired", "valid");
    private static final Set<String> UNITS = Set.of("s", "sec", "seconds", "ms", "millis");
    private static final Set<String> FINE_UNITS = Set.of("us", "micros", "ns", "nanos");

    private TimeGuess() {}

    static Optional<Column> of(TableSchema schema) {
        return schema.columns().stream()
                .filter(TimeGuess::canBe)
                .max(Comparator.comparingInt(column -> score(schema, column)));
    }

    /**
     * Tells whether a column counts. An integer counts only if its name says so: most integers are
     * something else.
     */
    private static boolean canBe(Column column) {
        return switch (column.type().kind()) {
            case DATETIME, TIMESTAMP, DATE -> true;
            case INT, BIGINT -> saysTime(NameWords.of(column.name()));
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
        if (schema.keys().stream()
                .filter(TableKey::rowsAreUnique)
                .anyMatch(k -> k.columns().contains(column.name()))) {
            score += 40;
        }
        score +=
                switch (column.type().kind()) {
                    case DATETIME, TIMESTAMP -> 20;
                    case DATE -> 5;
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

    /** Guesses the unit; null for a column that is no integer. */
    static @Nullable TimestampUnit unit(Column column) {
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
