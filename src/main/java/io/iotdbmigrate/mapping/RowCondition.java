package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.where.Condition.Operator;
import io.iotdbmigrate.model.ZeroDate;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the canonical values of a row, by SQL's logic of three values. A date that no
 * calendar has counts as a null, as it does in IoTDB. Columns are indexes into those that a mapping
 * reads.
 */
public sealed interface RowCondition extends Serializable {

    /** Decides about a row. */
    Truth of(@Nullable Object[] row);

    /** What SQL knows of a condition; the order is that by which AND takes the least. */
    enum Truth {
        FALSE,
        UNKNOWN,
        TRUE;

        static Truth of(boolean holds) {
            return holds ? TRUE : FALSE;
        }
    }

    /** A condition that holds if all of some do. */
    record All(List<RowCondition> conditions) implements RowCondition {
        public All {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Truth of(@Nullable Object[] row) {
            Truth least = Truth.TRUE;
            for (RowCondition condition : conditions) {
                Truth truth = condition.of(row);
                least = truth.compareTo(least) < 0 ? truth : least;
            }
            return least;
        }
    }

    /** A condition that holds if one of some does. */
    record Any(List<RowCondition> conditions) implements RowCondition {
        public Any {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Truth of(@Nullable Object[] row) {
            Truth most = Truth.FALSE;
            for (RowCondition condition : conditions) {
                Truth truth = condition.of(row);
                most = truth.compareTo(most) > 0 ? truth : most;
            }
            return most;
        }
    }

    /** A condition that holds if the other is false. */
    record Not(RowCondition condition) implements RowCondition {
        @Override
        public Truth of(@Nullable Object[] row) {
            return switch (condition.of(row)) {
                case TRUE -> Truth.FALSE;
                case UNKNOWN -> Truth.UNKNOWN;
                case FALSE -> Truth.TRUE;
            };
        }
    }

    /** A condition that holds where there is no value. */
    record IsNull(int column) implements RowCondition {
        @Override
        public Truth of(@Nullable Object[] row) {
            return Truth.of(value(row, column) == null);
        }
    }

    /** A comparison of a column of exact numbers with a number. */
    record CompareNumber(int column, Operator operator, BigDecimal number) implements RowCondition {
        @Override
        public Truth of(@Nullable Object[] row) {
            Object value = value(row, column);
            return value == null
                    ? Truth.UNKNOWN
                    : Truth.of(operator.holds(exact(value).compareTo(number)));
        }
    }

    /** A comparison of two columns of exact numbers. */
    record CompareColumns(int column, Operator operator, int other) implements RowCondition {
        @Override
        public Truth of(@Nullable Object[] row) {
            Object left = value(row, column);
            Object right = value(row, other);
            return left == null || right == null
                    ? Truth.UNKNOWN
                    : Truth.of(operator.holds(exact(left).compareTo(exact(right))));
        }
    }

    /**
     * A comparison of a column of texts with a text, by the numbers of their characters in Unicode.
     *
     * @param padded whether the shorter one is compared as if spaces followed
     */
    record CompareText(int column, Operator operator, String text, boolean padded)
            implements RowCondition {
        @Override
        public Truth of(@Nullable Object[] row) {
            Object value = value(row, column);
            return value == null
                    ? Truth.UNKNOWN
                    : Truth.of(operator.holds(compare((String) value, text, padded)));
        }
    }

    /**
     * A comparison of a column of dates or times.
     *
     * @param moment the canonical value that it is compared with
     */
    record CompareMoment(int column, Operator operator, long moment) implements RowCondition {
        @Override
        public Truth of(@Nullable Object[] row) {
            Object value = value(row, column);
            return value == null
                    ? Truth.UNKNOWN
                    : Truth.of(operator.holds(Long.compare((Long) value, moment)));
        }
    }

    private static @Nullable Object value(@Nullable Object[] row, int column) {
        Object value = row[column];
        return value == ZeroDate.ZERO_DATE ? null : value;
    }

    private static BigDecimal exact(Object value) {
        if (value instanceof Long number) {
            return BigDecimal.valueOf(number);
        }
        return value instanceof BigInteger number ? new BigDecimal(number) : (BigDecimal) value;
    }

    private static int compare(String left, String right, boolean padded) {
        int[] ofLeft = left.codePoints().toArray();
        int[] ofRight = right.codePoints().toArray();
        int longest = Math.max(ofLeft.length, ofRight.length);
        int behind = padded ? ' ' : -1;
        for (int i = 0; i < longest; i++) {
            int order =
                    Integer.compare(
                            i < ofLeft.length ? ofLeft[i] : behind,
                            i < ofRight.length ? ofRight[i] : behind);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
