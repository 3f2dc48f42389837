package io.iotdbmigrate.iotdb;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TimePrecision;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.junit.jupiter.api.Test;

class TabletBufferTest {
    private static final TableMapping MAPPING =
            new MappingBuilder("root.plant.{site}", "at")
                    .measurement("t")
                    .measurement("12")
                    .plan(
                            TimePrecision.MS,
                            column("site", "int"),
                            column("at", "datetime"),
                            nullable("t", "double"),
                            nullable("12", "varchar(9)"));

    private static TargetRow row(String device, long time, double t) {
        return new TargetRow(Device.of("root.plant." + device), time, new Object[] {t, null});
    }

    private static List<Tablet> drained(TabletBuffer buffer) {
        List<Tablet> tablets = new ArrayList<>();
        buffer.drain(Long.MAX_VALUE).forEachRemaining(t -> tablets.add(t.tablet()));
        return tablets;
    }

    @Test
    void startsEmpty() {
        TabletBuffer buffer = new TabletBuffer(MAPPING);
        assertThat(buffer.isEmpty()).isTrue();
        assertThat(buffer.bytes()).isZero();
        assertThat(buffer.longest()).isZero();
        assertThat(buffer.mapping()).isSameAs(MAPPING);
        assertThat(buffer.drain(Long.MAX_VALUE).hasNext()).isFalse();
    }

    @Test
    void rowsThatMysqlHasDeletedHaveTheirMarkBehindTheirValues() {
        TabletBuffer buffer = TabletBuffer.ofMarked(MAPPING);
        buffer.add(row("a", 1, 2).marked());

        Tablet tablet = drained(buffer).get(0);
        assertThat(tablet.getSchemas())
                .extracting(IMeasurementSchema::getMeasurementName)
                .containsExactly("t", "`12`", "_deleted");
        assertThat(tablet.getValue(0, 0)).isEqualTo(2.0);
        assertThat(tablet.isNull(0, 1)).isTrue();
        assertThat(tablet.getValue(0, 2)).isEqualTo(true);
    }

    @Test
    void makesOneTabletPerDeviceInTheOrderOfTheirFirstRow() {
        TabletBuffer buffer = new TabletBuffer(MAPPING);
        buffer.add(row("b", 2, 1));
        buffer.add(row("a", 1, 2));
        buffer.add(row("b", 1, 3));
        assertThat(buffer.longest()).isEqualTo(2);

        List<Tablet> tablets = drained(buffer);
        assertThat(tablets)
                .extracting(Tablet::getDeviceId)
                .containsExactly("root.plant.b", "root.plant.a");
        assertThat(tablets).extracting(Tablet::getRowSize).containsExactly(2, 1);
        assertThat(tablets.get(0).getTimestamp(0)).isEqualTo(1);
        assertThat(tablets.get(0).getValue(0, 0)).isEqualTo(3.0);
        assertThat(tablets.get(0).getSchemas())
                .extracting(IMeasurementSchema::getMeasurementName)
                .containsExactly("t", "`12`");
        assertThat(tablets.get(0).getSchemas())
                .extracting(IMeasurementSchema::getType)
                .containsExactly(TSDataType.DOUBLE, TSDataType.TEXT);
    }

    @Test
    void isEmptyOnceItsLastTabletIsHandedOut() {
        TabletBuffer buffer = new TabletBuffer(MAPPING);
        buffer.add(row("a", 1, 1));
        Iterator<SizedTablet> tablets = buffer.drain(Long.MAX_VALUE);
        assertThat(tablets.next().tablet().getValue(0, 0)).isEqualTo(1.0);
        assertThat(buffer.isEmpty()).isTrue();
        assertThat(tablets.hasNext()).isFalse();
        assertThatThrownBy(tablets::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void takesRowsAgainOnceItIsEmpty() {
        TabletBuffer buffer = new TabletBuffer(MAPPING);
        buffer.add(row("a", 1, 1));
        assertThat(drained(buffer)).hasSize(1);
        assertThat(buffer.bytes()).isZero();
        assertThat(buffer.longest()).isZero();

        buffer.add(row("a", 2, 2));

        assertThat(drained(buffer))
                .singleElement()
                .satisfies(tablet -> assertThat(tablet.getTimestamps()).containsExactly(2L));
    }

    @Test
    void splitsOffTheDevicesThatAreLongEnough() {
        TabletBuffer buffer = new TabletBuffer(MAPPING);
        for (int i = 0; i < 100; i++) {
            buffer.add(row("long", i, i));
        }
        long bytesOfLong = buffer.bytes();
        buffer.add(row("short", 1, 1));
        buffer.add(row("short", 2, 2));
        long all = buffer.bytes();

        TabletBuffer taken = buffer.split(100);
        assertThat(taken.bytes()).isEqualTo(bytesOfLong);
        assertThat(buffer.bytes()).isEqualTo(all - bytesOfLong);
        assertThat(buffer.longest()).isEqualTo(2);
        assertThat(drained(taken)).extracting(Tablet::getRowSize).containsExactly(100);

        // A row of a device that was taken begins a new tablet.
        buffer.add(row("long", 5, -5));
        assertThat(drained(buffer))
                .extracting(Tablet::getDeviceId, Tablet::getRowSize)
                .containsExactly(tuple("root.plant.short", 2), tuple("root.plant.long", 1));
    }

    @Test
    void splitsOffEverything() {
        for (int minRows : new int[] {0, 1}) {
            TabletBuffer buffer = new TabletBuffer(MAPPING);
            buffer.add(row("a", 1, 1));
            buffer.add(row("b", 1, 1));
            long all = buffer.bytes();
            TabletBuffer taken = buffer.split(minRows);
            assertThat(taken.bytes()).isEqualTo(all);
            assertThat(buffer.bytes()).isZero();
            assertThat(buffer.isEmpty()).isTrue();
            assertThat(buffer.longest()).isZero();

            buffer.add(row("b", 2, 2));
            assertThat(drained(taken)).extracting(Tablet::getRowSize).containsExactly(1, 1);
            assertThat(drained(buffer)).extracting(Tablet::getRowSize).containsExactly(1);
        }
    }

    @Test
    void splitsOffTheLongestThatHoldSoManyBytes() {
        TabletBuffer buffer = new TabletBuffer(MAPPING);
        for (int device = 0; device < 10; device++) {
            // Two of each length, from 1 to 5 rows.
            for (int i = 0; i <= device / 2; i++) {
                buffer.add(row("d" + device, i, i));
            }
        }
        long all = buffer.bytes();
        TabletBuffer one = buffer.splitLongest(1);
        TabletBuffer two = buffer.splitLongest(one.bytes() + 1);
        TabletBuffer rest = buffer.splitLongest(all);

        assertThat(drained(one)).extracting(Tablet::getRowSize).containsExactly(5);
        assertThat(drained(two)).extracting(Tablet::getRowSize).containsExactly(4, 5);
        assertThat(drained(rest))
                .extracting(Tablet::getRowSize)
                .containsExactly(1, 1, 2, 2, 3, 3, 4);
        assertThat(buffer.isEmpty()).isTrue();
        assertThat(buffer.bytes()).isZero();
        assertThat(buffer.longest()).isZero();
    }

    @Test
    void countsBytesPerDeviceAndRow() {
        TabletBuffer buffer = new TabletBuffer(MAPPING);
        buffer.add(row("a", 1, 1));
        long one = buffer.bytes();
        assertThat(one).isPositive();
        buffer.add(row("b", 1, 1));
        assertThat(buffer.bytes()).isEqualTo(2 * one);
        for (int i = 0; i < 100; i++) {
            buffer.add(row("b", i, 1));
        }
        assertThat(buffer.bytes()).isGreaterThan(2 * one + 100 * 10);
    }

    @Test
    void keepsManyInterleavedDevicesApart() {
        TabletBuffer buffer = new TabletBuffer(MAPPING);
        TreeMap<String, TreeMap<Long, Double>> expected = new TreeMap<>();
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            String device = "d" + random.nextInt(500);
            long time = random.nextInt(100);
            buffer.add(row(device, time, i));
            expected.computeIfAbsent("root.plant." + device, d -> new TreeMap<>())
                    .put(time, (double) i);
        }
        TreeMap<String, TreeMap<Long, Double>> held = new TreeMap<>();
        for (Tablet tablet : drained(buffer)) {
            TreeMap<Long, Double> rows = new TreeMap<>();
            for (int i = 0; i < tablet.getRowSize(); i++) {
                rows.put(tablet.getTimestamp(i), (Double) tablet.getValue(i, 0));
            }
            assertThat(rows).hasSize(tablet.getRowSize());
            assertThat(held.put(tablet.getDeviceId(), rows)).isNull();
        }
        assertThat(held).isEqualTo(expected);
    }
}
