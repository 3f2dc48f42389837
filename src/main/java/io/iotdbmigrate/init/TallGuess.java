package io.iotdbmigrate.init;

import io.iotdbmigrate.init.TableGuess.Measurement;
import io.iotdbmigrate.model.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a table is tall: a column says what a row has measured, and another one holds it. */
final class TallGuess {
    private static final Set<String> NAMES =
            Set.of(
                    "reading",
                    "metric",
                    "key",
                    "variable",
                    "parameter",
                    "param",
                    "quantity",
                    "measurement",
                    "property",
                    "attribute");
    private static final Set<String> VALUES = Set.of("value", "val", "v");

    private TallGuess() {}

    /**
     * Guesses the column that names a row's measurement.
     *
     * @param device columns that name the device; where there are several, it may be one of them
     * @param rest all other columns but the time
     */
    static Optional<Column> of(List<Column> device, List<Column> rest) {
        boolean hasValue = rest.stream().anyMatch(TallGuess::isValue);
        if (!hasValue) {
            return Optional.empty();
        }
        List<Column> candidates = new ArrayList<>(device.size() > 1 ? device : List.of());
        rest.stream().filter(c -> c.type().kind().isText()).forEach(candidates::add);
        return candidates.stream().filter(c -> NameWords.of(c.name()).hasAny(NAMES)).findFirst();
    }

    private static boolean isValue(Column column) {
        return VALUES.contains(NameWords.of(column.name()).last())
                && ColumnRemarks.isCopied(column);
    }

    /**
     * Returns the measurements with the name of the row in theirs.
     *
     * @param all as they would be if the table were not tall
     * @param columns of the table
     */
    static List<Measurement> measurements(
            Column name, List<Measurement> all, List<Column> columns) {
        String row = "{" + name.name() + "}";
        List<Column> values = columns.stream().filter(TallGuess::isValue).toList();
        List<Measurement> tall = new ArrayList<>();
        for (Measurement one : all) {
            Optional<Column> value =
                    values.stream().filter(c -> c.name().equals(one.column())).findFirst();
            String own = values.size() == 1 && value.isPresent() ? row : row + "_" + one.column();
            if (value.isPresent() && value.get().type().kind().isText()) {
                tall.add(
                        new Measurement(
                                one.column(),
                                own,
                                "DOUBLE",
                                true,
                                "the numbers among the texts; other texts are left out here",
                                true));
                own += "_text";
            }
            tall.add(
                    new Measurement(
                            one.column(),
                            own,
                            one.type(),
                            value.isPresent(),
                            value.isPresent() || !one.remark().isEmpty()
                                    ? one.remark()
                                    : "does not look like the value; remove the # to keep it"));
        }
        return tall;
    }
}
