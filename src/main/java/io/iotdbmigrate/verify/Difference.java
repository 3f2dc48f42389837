package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.TargetType;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row that is not the same on both sides. */
public sealed interface Difference extends Serializable {
    RowKey key();

    /** Returns the columns in question. */
    List<Cell> cells();

    /** Returns the kind as reports call it. */
    String kind();

    /**
     * A value that is there.
     *
     * @param value in the Java form of its type
     */
    record Value(TargetType type, Object value) implements Serializable {}

    /**
     * One column.
     *
     * @param mysql null where MySQL's value maps to none
     * @param iotdb null where IoTDB has none
     */
    record Cell(String column, @Nullable Value mysql, @Nullable Value iotdb)
            implements Serializable {}

    /** MySQL has the row, IoTDB has not. */
    record Missing(RowKey key, List<Cell> cells) implements Difference {
        public Missing {
            cells = List.copyOf(cells);
        }

        @Override
        public String kind() {
            return "missing";
        }
    }

    /** IoTDB has the row, MySQL has not. */
    record Extra(RowKey key, List<Cell> cells) implements Difference {
        public Extra {
            cells = List.copyOf(cells);
        }

        @Override
        public String kind() {
            return "extra";
        }
    }

    /** Both have the row, with other values in these columns. */
    record Changed(RowKey key, List<Cell> cells) implements Difference {
        public Changed {
            cells = List.copyOf(cells);
        }

        @Override
        public String kind() {
            return "different";
        }
    }
}
