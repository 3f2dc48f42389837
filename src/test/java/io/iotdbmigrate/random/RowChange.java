package io.iotdbmigrate.random;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an application does to rows, one statement each. */
enum RowChange implements Dice.Weighted {
    INSERT(30) {
        @Override
        String sql(AppTable table, Dice dice) {
            return table.insert("INSERT") + table.row(dice);
        }
    },
    INSERT_MANY(8) {
        @Override
        String sql(AppTable table, Dice dice) {
            return table.insert(dice.chance(50) ? "INSERT" : "INSERT IGNORE") + rows(table, dice);
        }
    },
    REPLACE(6) {
        @Override
        String sql(AppTable table, Dice dice) {
            return table.insert("REPLACE") + anyRows(table, dice);
        }
    },
    ON_DUPLICATE_KEY(6) {
        @Override
        String sql(AppTable table, Dice dice) {
            return table.insert("INSERT")
                    + anyRows(table, dice)
                    + " ON DUPLICATE KEY UPDATE "
                    + (dice.chance(50)
                            ? AppTable.assignments(dice)
                            : "ts = " + table.time(dice) + ", n = NULL");
        }
    },
    UPDATE(18) {
        @Override
        String sql(AppTable table, Dice dice) {
            return update(table, AppTable.assignments(dice), dice);
        }
    },
    TO_NULL(5) {
        @Override
        String sql(AppTable table, Dice dice) {
            return update(table, dice.among(Shape.VALUES) + " = NULL", dice);
        }
    },
    ALL_TO_NULL(2) {
        @Override
        String sql(AppTable table, Dice dice) {
            return update(table, String.join(" = NULL, ", Shape.VALUES) + " = NULL", dice);
        }
    },
    FROM_NULL(4) {
        @Override
        String sql(AppTable table, Dice dice) {
            String column = dice.among(Shape.VALUES);
            return "UPDATE %s SET %s = COALESCE(%s, %s) WHERE %s IS NULL ORDER BY id DESC LIMIT %d"
                    .formatted(
                            table.name(),
                            column,
                            AppTable.value(column, dice),
                            "flag".equals(column) ? "1" : "NULL",
                            column,
                            dice.between(1, 5));
        }
    },
    MOVE_DEVICE(3) {
        @Override
        String sql(AppTable table, Dice dice) {
            return update(table, "dev = " + table.device(dice), dice);
        }
    },
    MOVE_TIME(3) {
        @Override
        String sql(AppTable table, Dice dice) {
            return update(table, "ts = " + table.time(dice), dice);
        }
    },
    MOVE_BOTH_AND_CHANGE(2) {
        @Override
        String sql(AppTable table, Dice dice) {
            String key = "dev = " + table.device(dice) + ", ts = " + table.time(dice);
            return update(table, key + ", " + AppTable.assignments(dice), dice);
        }
    },
    NEW_ID(2) {
        @Override
        String sql(AppTable table, Dice dice) {
            return update(table, "id = " + table.newId(), dice);
        }
    },
    DELETE(7) {
        @Override
        String sql(AppTable table, Dice dice) {
            return "DELETE FROM " + table.name() + " WHERE id = " + table.knownId(dice);
        }
    },
    UPDATE_RANGE(2) {
        @Override
        String sql(AppTable table, Dice dice) {
            return "UPDATE "
                    + table.name()
                    + " SET "
                    + AppTable.assignments(dice)
                    + " WHERE "
                    + table.stretch(dice, 30);
        }
    },
    MOVE_RANGE(1) {
        @Override
        String sql(AppTable table, Dice dice) {
            int by = dice.between(1, 3);
            boolean later = dice.chance(50);
            return "UPDATE %s SET ts = %s WHERE %s ORDER BY ts %s"
                    .formatted(
                            table.name(),
                            table.movedTime(later ? by : -by),
                            table.stretch(dice, 10),
                            later ? "DESC, id" : "ASC, id");
        }
    },
    PURGE(1) {
        @Override
        String sql(AppTable table, Dice dice) {
            return "DELETE FROM " + table.name() + " WHERE " + table.stretch(dice, 60);
        }
    };

    private final int weight;

    RowChange(int weight) {
        this.weight = weight;
    }

    @Override
    public int weight() {
        return weight;
    }

    abstract String sql(AppTable table, Dice dice);

    private static String update(AppTable table, String set, Dice dice) {
        return "UPDATE " + table.name() + " SET " + set + " WHERE id = " + table.knownId(dice);
    }

    private static String rows(AppTable table, Dice dice) {
        return IntStream.range(0, dice.between(1, 6))
                .mapToObj(i -> table.row(dice))
                .collect(Collectors.joining(", "));
    }

    private static String anyRows(AppTable table, Dice dice) {
        return dice.chance(50)
                ? rows(table, dice)
                : table.knownRow(dice) + ", " + table.knownRow(dice) + ", " + table.row(dice);
    }
}
