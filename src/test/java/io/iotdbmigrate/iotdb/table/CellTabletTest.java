package io.iotdbmigrate.iotdb.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.iotdb.SizedTablet;
import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.mapping.TagNaming;
import io.iotdbmigrate.mapping.TagNaming.Tag;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.tsfile.enums.ColumnCategory;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.utils.BitMap;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.apache.tsfile.write.schema.MeasurementSchema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CellTabletTest {
    private static final TagNaming TAGS =
            new TagNaming(
                    "r",
                    List.of(
                            new Tag("dev", "dev", null, null),
                            new Tag("_name", "reading", null, null)),
                    true);

    private static SizedTablet values(String device, String name, long[] times, double... values) {
        BitMap nulls = new BitMap(times.length);
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0) {
                nulls.mark(i);
            }
        }
        String text = new TagValues("r", List.of(device, name)).text();
        return new SizedTablet(
                text,
                new Tablet(
                        text,
                        List.of(new MeasurementSchema("v", TSDataType.DOUBLE)),
                        times,
                        new Object[] {values},
                        new BitMap[] {nulls},
                        times.length),
                10);
    }

    @Test
    void valuesOfOneDeviceAndTimeShareARow() {
        CellTablet cells = new CellTablet(TAGS);
        cells.add(values("a", "Volt", new long[] {1, 2}, 1.5, 2.5));
        cells.add(values("b", "Volt", new long[] {1}, 3.5));
        SizedTablet amps = values("a", "amp", new long[] {2, 3}, 4.5, -1);
        assertThat(cells.valuesWith(amps)).isEqualTo(10);
        cells.add(amps);

        Tablet tablet = cells.toTablet();

        assertThat(tablet.getTableName()).isEqualTo("r");
        assertThat(tablet.getSchemas())
                .extracting(IMeasurementSchema::getMeasurementName)
                .containsExactly("dev", "volt", "amp");
        assertThat(tablet.getColumnTypes())
                .containsExactly(ColumnCategory.TAG, ColumnCategory.FIELD, ColumnCategory.FIELD);
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < tablet.getRowSize(); row++) {
            StringBuilder line = new StringBuilder().append(tablet.getTimestamp(row));
            for (int column = 0; column < 3; column++) {
                line.append(' ')
                        .append(
                                tablet.getBitMaps()[column].isMarked(row)
                                        ? "-"
                                        : tablet.getValue(row, column).toString());
            }
            rows.add(line.toString());
        }
        assertThat(rows).containsExactly("1 a 1.5 -", "2 a 2.5 4.5", "1 b 3.5 -", "3 a - -");
        assertThat(cells.names()).containsExactly("Volt", "amp");
    }

    private record Given(Iterator<TargetRow> rows) implements StoredRows {
        @Override
        public @Nullable TargetRow next() {
            return rows.hasNext() ? rows.next() : null;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static TargetRow row(String device, long time, @Nullable Object... values) {
        return new TargetRow(Device.of(new TagValues("r", List.of(device)).text()), time, values);
    }

    @Test
    void aRowReadBackIsOneForEachValue() throws IOException {
        List<TargetRow> stored =
                Arrays.asList(
                        row("a", 1, 1.5, null), row("a", 2, 2.5, 4.5), row("b", 1, null, 3.5));
        List<String> read = new ArrayList<>();
        try (CellRows cells =
                new CellRows(
                        new Given(stored.iterator()),
                        List.of("Volt", "amp"),
                        device -> !device.equals("r('a', 'amp')"))) {
            for (TargetRow row = cells.next(); row != null; row = cells.next()) {
                read.add(row.device().path() + " " + row.time() + " " + row.values()[0]);
            }
        }
        assertThat(read)
                .containsExactly(
                        "r('a', 'Volt') 1 1.5", "r('a', 'Volt') 2 2.5", "r('b', 'amp') 1 3.5");
    }
}
