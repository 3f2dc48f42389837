package io.iotdbmigrate.random;

import java.util.List;

/** What the application's tables are like, and their mappings. */
enum Shape {
    /** At most one row for each device and time. */
    UNIQUE(
            "u",
            "dev INT NOT NULL, ts BIGINT NOT NULL",
            ", UNIQUE (dev, ts)",
            "\n  timestamp_unit: ms",
            3) {
        @Override
        List<String> devices() {
            return List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
        }

        @Override
        String timeOf(int number) {
            return Integer.toString(number);
        }

        @Override
        String movedTime(int by) {
            return "ts + " + by;
        }
    },
    /** Rows share a device and time: the one with the highest primary key stands. */
    SHARED("s", "dev VARCHAR(10) NOT NULL, ts DATETIME(3) NOT NULL", ", KEY (dev, ts)", "", 8) {
        @Override
        List<String> devices() {
            return List.of("'pump'", "'PUMP'", "'fan'", "'p2'", "'Fan'");
        }

        @Override
        String timeOf(int number) {
            return "'2024-03-01 00:00:00' + INTERVAL %d SECOND".formatted(number);
        }

        @Override
        String movedTime(int by) {
            return "ts + INTERVAL %d SECOND".formatted(by);
        }
    };

    /** Mapped columns besides the key. */
    static final List<String> VALUES = List.of("n", "big", "note", "at", "flag", "x");

    private final String table;
    private final String key;
    private final String index;
    private final String timeUnit;
    private final int rowsPerTime;

    Shape(String table, String key, String index, String timeUnit, int rowsPerTime) {
        this.table = table;
        this.key = key;
        this.index = index;
        this.timeUnit = timeUnit;
        this.rowsPerTime = rowsPerTime;
    }

    /** In SQL. */
    abstract List<String> devices();

    /** In SQL. */
    abstract String timeOf(int number);

    /** In SQL. */
    abstract String movedTime(int by);

    String table() {
        return table;
    }

    /** How many new rows there are until time has gone on by one. */
    int rowsPerTime() {
        return rowsPerTime;
    }

    String createTable() {
        return "CREATE TABLE "
                + table
                + " (id INT PRIMARY KEY, "
                + key
                + ", n INT, big BIGINT, note VARCHAR(40), at DATETIME(3), flag TINYINT(1), x DOUBLE"
                + index
                + ")";
    }

    /** In YAML; {@code DB} stands for the IoTDB database. */
    String mapping(boolean aligned) {
        return """
        - table: %s
          device_field: dev
          timestamp_field: ts%s
          device_template: DB.%s.d{dev}
          aligned: %s
          # attributes: [{name: last_note, field: note}, {name: last_n, field: n}]
          measurements: [{name: n}, {name: big}, {name: note}, {name: at}, {name: flag}, {name: x}]
        """
                .formatted(table, timeUnit, table, aligned);
    }
}
