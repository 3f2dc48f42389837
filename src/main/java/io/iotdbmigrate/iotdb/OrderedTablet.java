package io.iotdbmigrate.iotdb;

import java.util.List;
import org.apache.tsfile.enums.ColumnCategory;
import org.apache.tsfile.utils.BitMap;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;

/**
 * A tablet of a table that has the rows of each device together, in order of time. IoTDB keeps
 * devices apart, so it wants no more; its client would sort all rows by time, after which the
 * server finds rows of another device at each step.
 */
public final class OrderedTablet extends Tablet {
    /**
     * @param times in order within each device
     * @param rows in each of the columns
     */
    public OrderedTablet(
            String table,
            List<IMeasurementSchema> schemas,
            List<ColumnCategory> categories,
            long[] times,
            Object[] values,
            BitMap[] nulls,
            int rows) {
        super(table, schemas, categories, times, values, nulls, rows);
    }
}
