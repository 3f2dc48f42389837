package io.iotdbmigrate.config.where;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;

/**
 * What {@code where} of a mapping says, by the names of columns. {@code IN} is written as several
 * comparisons.
 */
public sealed interface Condition extends Serializable {

    /** A condition that holds if all of some do. */
    record And(List<Condition> conditions) implements Condition {
        public And {
            conditions = List.copyOf(conditions);
        }
    }

    /** A condition that holds if one of some does. */
    record Or(List<Condition> conditions) implements Condition {
        public Or {
            conditions = List.copyOf(conditions);
        }
    }

    /** A condition that holds if the other is false, and not if that is unknown. */
    record Not(Condition condition) implements Condition {}

    /** A condition that holds where a column has no value. */
    record IsNull(String column) implements Condition {}

    /**
     * A comparison of a column.
     *
     * @param text as the config has it
     */
    record Comparison(ColumnName column, Operator operator, Operand operand, String text)
            implements Condition {}

    /** A comparing operator. */
    enum Operator {
        EQUAL("="),
        UNEQUAL("<>"),
        LESS("<"),
        GREATER(">"),
        AT_MOST("<="),
        AT_LEAST(">=");

        private final String sql;

        Operator(String sql) {
            this.sql = sql;
        }

        /** Returns it as SQL spells it. */
        public String sql() {
            return sql;
        }

        /** Tells whether it depends on the order of the values. */
        public boolean isOrdering() {
            return this != EQUAL && this != UNEQUAL;
        }

        /**
         * Tells whether it holds.
         *
         * @param order of the left value to the right one, as of a comparator
         */
        public boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case UNEQUAL -> order != 0;
                case LESS -> order < 0;
                case GREATER -> order > 0;
                case AT_MOST -> order <= 0;
                case AT_LEAST -> order >= 0;
            };
        }

        /** Returns the operator that says the same with both sides exchanged. */
        Operator exchanged() {
            return switch (this) {
                case EQUAL, UNEQUAL -> this;
                case LESS -> GREATER;
                case GREATER -> LESS;
                case AT_MOST -> AT_LEAST;
                case AT_LEAST -> AT_MOST;
            };
        }
    }

    /** What a column is compared with. */
    sealed interface Operand extends Serializable {}

    /**
     * A column.
     *
     * @param binary whether its text is compared byte by byte, whatever its collation says
     */
    record ColumnName(String name, boolean binary) implements Operand {}

    /** A number in decimal, and TRUE and FALSE as 1 and 0. */
    record NumberLiteral(BigDecimal value) implements Operand {}

    /** A text in quotes. */
    record TextLiteral(String value) implements Operand {}
}
