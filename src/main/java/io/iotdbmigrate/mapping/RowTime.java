package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import java.io.Serializable;
import java.util.List;

/**
 * How the time of a row stands in its columns. Columns are indexes into those that a mapping reads.
 */
public sealed interface RowTime extends Serializable {

    /** Returns the columns, the coarsest first. */
    List<Integer> columns();

    /** A DATE, DATETIME or TIMESTAMP. */
    record Moment(int column) implements RowTime {
        @Override
        public List<Integer> columns() {
            return List.of(column);
        }
    }

    /** A count of units since 1970: an integer, DECIMAL or DOUBLE. */
    record Count(int column, TimestampUnit unit) implements RowTime {
        @Override
        public List<Integer> columns() {
            return List.of(column);
        }
    }

    /**
     * Two integers: a count of units since 1970, and a count of finer ones that is less than one of
     * the coarse.
     */
    record CountAndFraction(
            int column, TimestampUnit unit, int fraction, TimestampUnit fractionUnit)
            implements RowTime {
        @Override
        public List<Integer> columns() {
            return List.of(column, fraction);
        }

        /** Returns how many of the finer unit are one of the coarse. */
        public long finerPerUnit() {
            return fractionUnit.perSecond() / unit.perSecond();
        }
    }

    /** A DATE and a TIME of that day. */
    record DateAndTime(int date, int time) implements RowTime {
        @Override
        public List<Integer> columns() {
            return List.of(date, time);
        }
    }

    /**
     * A text.
     *
     * @param format see {@link io.iotdbmigrate.config.TimePattern}
     */
    record Text(int column, String format) implements RowTime {
        @Override
        public List<Integer> columns() {
            return List.of(column);
        }
    }
}
