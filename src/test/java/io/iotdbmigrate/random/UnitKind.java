package io.iotdbmigrate.random;

import java.util.ArrayList;
import java.util.List;

/** What an application does as a whole. */
enum UnitKind implements Dice.Weighted {
    ONE_STATEMENT(80) {
        @Override
        Unit unit(Schema schema, int number, Dice dice) {
            return committed(List.of(change(schema.any(dice), dice)), number, dice);
        }
    },
    TRANSACTION(14) {
        @Override
        Unit unit(Schema schema, int number, Dice dice) {
            return committed(changes(schema, dice.between(2, 12), dice), number, dice);
        }
    },
    /** A part of it is taken back. */
    SAVEPOINT(6) {
        @Override
        Unit unit(Schema schema, int number, Dice dice) {
            List<String> statements = new ArrayList<>(changes(schema, dice.between(0, 4), dice));
            statements.add("SAVEPOINT a");
            statements.addAll(changes(schema, dice.between(1, 4), dice));
            if (dice.chance(50)) {
                statements.add("SAVEPOINT b");
                statements.addAll(changes(schema, dice.between(1, 4), dice));
                statements.add(dice.among("ROLLBACK TO b", "RELEASE SAVEPOINT b"));
            }
            statements.add(dice.chance(80) ? "ROLLBACK TO a" : "RELEASE SAVEPOINT a");
            statements.addAll(changes(schema, dice.between(0, 4), dice));
            return committed(statements, number, dice);
        }
    },
    /** All of it is taken back. */
    ROLLBACK(4) {
        @Override
        Unit unit(Schema schema, int number, Dice dice) {
            List<String> statements = new ArrayList<>(List.of("BEGIN"));
            statements.addAll(changes(schema, dice.between(1, 6), dice));
            statements.add("ROLLBACK");
            return new Unit(statements, "");
        }
    },
    /** What is prepared counts when it is committed. */
    XA(5) {
        @Override
        Unit unit(Schema schema, int number, Dice dice) {
            String name = "'" + XA_NAME + number + "'";
            List<String> statements = new ArrayList<>(List.of("XA START " + name));
            statements.addAll(changes(schema, dice.between(1, 6), dice));
            boolean commits = dice.chance(70);
            if (commits) {
                statements.add("UPDATE " + Schema.MARK + " SET unit = " + number);
            }
            statements.add("XA END " + name);
            boolean inOnePhase = commits && dice.chance(20);
            if (!inOnePhase) {
                statements.add("XA PREPARE " + name);
            }
            statements.add(
                    commits
                            ? "XA COMMIT " + name + (inOnePhase ? " ONE PHASE" : "")
                            : "XA ROLLBACK " + name);
            return new Unit(statements, commits ? done(number) : "");
        }
    },
    COLUMN_COMES(1) {
        @Override
        Unit unit(Schema schema, int number, Dice dice) {
            AppTable table = schema.any(dice);
            String type =
                    dice.among(
                            "INT",
                            "VARCHAR(20) DEFAULT 'new'",
                            "DOUBLE NOT NULL DEFAULT 1.5",
                            "BLOB");
            String place =
                    dice.among(
                            "",
                            " FIRST",
                            " AFTER dev",
                            " AFTER " + dice.among(Shape.VALUES),
                            ", ALGORITHM = COPY");
            String column = table.newExtraColumn();
            return new Unit(
                    List.of(alter(table, "ADD COLUMN " + column + " " + type + place)),
                    "SELECT 1" + column(table, column));
        }
    },
    COLUMN_GOES(1) {
        @Override
        Unit unit(Schema schema, int number, Dice dice) {
            AppTable table = schema.any(dice);
            if (table.extraColumns().isEmpty()) {
                return COLUMN_COMES.unit(schema, number, dice);
            }
            String column = table.extraColumns().remove(dice.below(table.extraColumns().size()));
            return new Unit(
                    List.of(alter(table, "DROP COLUMN " + column)),
                    "SELECT 1 FROM DUAL WHERE NOT EXISTS (SELECT 1" + column(table, column) + ")");
        }
    },
    NEXT_BINLOG(1) {
        @Override
        Unit unit(Schema schema, int number, Dice dice) {
            return new Unit(List.of("FLUSH BINARY LOGS"), "");
        }
    };

    /** With which the names of XA transactions begin. */
    static final String XA_NAME = "random-";

    private final int weight;

    UnitKind(int weight) {
        this.weight = weight;
    }

    @Override
    public int weight() {
        return weight;
    }

    /**
     * One of this kind.
     *
     * @param number of the unit, from 1
     */
    abstract Unit unit(Schema schema, int number, Dice dice);

    private static String change(AppTable table, Dice dice) {
        return dice.weighted(List.of(RowChange.values())).sql(table, dice);
    }

    private static List<String> changes(Schema schema, int count, Dice dice) {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            statements.add(change(schema.any(dice), dice));
        }
        return statements;
    }

    /** Its number is committed with it, before or behind it. */
    private static Unit committed(List<String> changes, int number, Dice dice) {
        String mark = "UPDATE " + Schema.MARK + " SET unit = " + number;
        List<String> statements = new ArrayList<>(List.of("BEGIN"));
        statements.addAll(changes);
        statements.add(dice.chance(50) ? 1 : statements.size(), mark);
        statements.add("COMMIT");
        return new Unit(statements, done(number));
    }

    private static String done(int number) {
        return "SELECT 1 FROM " + Schema.MARK + " WHERE unit >= " + number;
    }

    private static String alter(AppTable table, String what) {
        return "ALTER TABLE " + table.name() + " " + what;
    }

    private static String column(AppTable table, String column) {
        return (" FROM information_schema.columns WHERE table_schema = DATABASE()"
                        + " AND table_name = '%s' AND column_name = '%s'")
                .formatted(table.name(), column);
    }
}
