package io.iotdbmigrate.random;

import java.util.List;
import java.util.stream.Stream;

/** The application's tables. */
final class Schema {
    /** Holds the number of the last unit that was committed; it is not mapped. */
    static final String MARK = "mark";

    private final List<AppTable> tables = Stream.of(Shape.values()).map(AppTable::new).toList();

    AppTable any(Dice dice) {
        return dice.among(tables);
    }

    static List<String> createTables() {
        return Stream.concat(
                        Stream.concat(
                                Stream.of(Shape.values()).map(Shape::createTable),
                                Ending.TABLES.stream()),
                        Stream.of(
                                "CREATE TABLE " + MARK + " (unit INT PRIMARY KEY)",
                                "INSERT INTO " + MARK + " VALUES (0)"))
                .toList();
    }
}
