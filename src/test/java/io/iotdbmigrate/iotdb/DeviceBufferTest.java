package io.iotdbmigrate.iotdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.TargetType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.iotdb.session.util.SessionUtils;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.utils.Binary;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.apache.tsfile.write.schema.MeasurementSchema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceBufferTest {
    private static final TargetType[] ALL = TargetType.values();

    private static List<IMeasurementSchema> schemas(TargetType... types) {
        List<IMeasurementSchema> schemas = new ArrayList<>();
        for (TargetType type : types) {
            schemas.add(
                    new MeasurementSchema("m" + schemas.size(), TSDataType.valueOf(type.name())));
        }
        return schemas;
    }

    private static Tablet tablet(DeviceBuffer buffer, TargetType... types) {
        return buffer.toTablets("root.d", "root.d", schemas(types), Long.MAX_VALUE).get(0).tablet();
    }

    private static Object value(TargetType type, long seed) {
        return switch (type) {
            case BOOLEAN -> (seed & 1) == 1;
            case INT32 -> (int) seed;
            case INT64, TIMESTAMP -> seed * 1_000_003;
            case FLOAT -> seed / 8f;
            case DOUBLE -> seed / 8.0;
            case TEXT, STRING, BLOB -> ("v" + seed).getBytes(UTF_8);
            case DATE -> LocalDate.ofEpochDay(seed);
        };
    }

    private static @Nullable Object read(Tablet tablet, int row, int column) {
        if (tablet.isNull(row, column)) {
            return null;
        }
        Object value = tablet.getValue(row, column);
        return value instanceof Binary binary ? new String(binary.getValues(), UTF_8) : value;
    }

    private static @Nullable Object readable(@Nullable Object value) {
        return value instanceof byte[] bytes ? new String(bytes, UTF_8) : value;
    }

    /** What goes over the wire is made from the arrays; it must fit them. */
    private static void assertCanBeSent(Tablet tablet) {
        int values = SessionUtils.getValueBuffer(tablet).limit();
        assertThat(values).isPositive();
        assertThat(SessionUtils.getTimeBuffer(tablet).limit()).isEqualTo(8 * tablet.getRowSize());
    }

    /** Times come out of order; a row that is longer than allowed goes by itself. */
    @Test
    void longRowsBecomeSeveralTablets() {
        DeviceBuffer buffer = new DeviceBuffer(new TargetType[] {TargetType.TEXT}, new RowPacker());
        int[] lengths = {4_000, 100, 9_000, 4_000, 4_000};
        for (int i = 0; i < lengths.length; i++) {
            buffer.add(10 - i, new Object[] {"x".repeat(lengths[i]).getBytes(UTF_8)});
        }

        List<SizedTablet> tablets =
                buffer.toTablets("root.d", "root.d", schemas(TargetType.TEXT), 9_000);

        assertThat(tablets).extracting(t -> t.tablet().getRowSize()).containsExactly(2, 1, 2);
        assertThat(tablets).extracting(t -> t.tablet().getTimestamp(0)).containsExactly(6L, 8L, 9L);
        for (SizedTablet sized : tablets) {
            assertCanBeSent(sized.tablet());
            int sent =
                    SessionUtils.getValueBuffer(sized.tablet()).limit()
                            + SessionUtils.getTimeBuffer(sized.tablet()).limit();
            assertThat(sized.bytes()).isBetween((long) sent, sent + 500L);
        }
    }

    @ParameterizedTest
    @EnumSource(TargetType.class)
    void holdsValuesOfEveryTypeAndTheirNulls(TargetType type) {
        for (boolean ascending : new boolean[] {true, false}) {
            DeviceBuffer buffer = new DeviceBuffer(new TargetType[] {type}, new RowPacker());
            for (int i = 0; i < 9; i++) {
                Object value = i % 3 == 1 ? null : value(type, i);
                buffer.add(ascending ? i : -i, new Object[] {value});
            }
            Tablet tablet = tablet(buffer, type);
            assertThat(tablet.getRowSize()).isEqualTo(9);
            for (int i = 0; i < 9; i++) {
                int row = ascending ? i : 8 - i;
                assertThat(tablet.getTimestamp(row)).isEqualTo(ascending ? i : -i);
                assertThat(read(tablet, row, 0))
                        .isEqualTo(i % 3 == 1 ? null : readable(value(type, i)));
            }
            assertCanBeSent(tablet);
        }
    }

    @Test
    void sortsByTime() {
        DeviceBuffer buffer =
                new DeviceBuffer(new TargetType[] {TargetType.INT32}, new RowPacker());
        for (long time : new long[] {5, Long.MAX_VALUE, -3, Long.MIN_VALUE, 0}) {
            buffer.add(time, new Object[] {(int) (time % 100)});
        }
        Tablet tablet = tablet(buffer, TargetType.INT32);
        assertThat(Arrays.copyOf(tablet.getTimestamps(), tablet.getRowSize()))
                .containsExactly(Long.MIN_VALUE, -3, 0, 5, Long.MAX_VALUE);
        assertThat(tablet.isSorted()).isTrue();
    }

    @Test
    void ofSeveralRowsAtOneTimeTheLastWinsWithItsNulls() {
        DeviceBuffer buffer =
                new DeviceBuffer(
                        new TargetType[] {TargetType.INT32, TargetType.TEXT}, new RowPacker());
        buffer.add(7, new Object[] {1, "a".getBytes(UTF_8)});
        buffer.add(7, new Object[] {null, "b".getBytes(UTF_8)});
        buffer.add(8, new Object[] {null, null});
        buffer.add(8, new Object[] {2, null});
        Tablet tablet = tablet(buffer, TargetType.INT32, TargetType.TEXT);
        assertThat(tablet.getRowSize()).isEqualTo(2);
        assertThat(read(tablet, 0, 0)).isNull();
        assertThat(read(tablet, 0, 1)).isEqualTo("b");
        assertThat(read(tablet, 1, 0)).isEqualTo(2);
        assertThat(read(tablet, 1, 1)).isNull();
        assertCanBeSent(tablet);
    }

    @Test
    void needsNoBitMapsWithoutNulls() {
        DeviceBuffer buffer =
                new DeviceBuffer(
                        new TargetType[] {TargetType.INT32, TargetType.INT32}, new RowPacker());
        buffer.add(1, new Object[] {1, 2});
        assertThat(tablet(buffer, TargetType.INT32, TargetType.INT32).getBitMaps()).isNull();
    }

    @Test
    void forgetsTheNullOfARowThatIsReplaced() {
        DeviceBuffer buffer = new DeviceBuffer(new TargetType[] {TargetType.BLOB}, new RowPacker());
        buffer.add(1, new Object[] {null});
        buffer.add(1, new Object[] {new byte[] {3}});
        Tablet tablet = tablet(buffer, TargetType.BLOB);
        assertThat(tablet.getRowSize()).isEqualTo(1);
        assertThat(tablet.isNull(0, 0)).isFalse();
    }

    /** Against a map, which is what a last-write-wins store is. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 63, 64, 65, 128, 129, 1_000, 10_000})
    void holdsWhatAMapWouldHold(int rows) {
        Random random = new Random(rows);
        for (int times : new int[] {Math.max(1, rows / 3), 100 * rows}) {
            DeviceBuffer buffer = new DeviceBuffer(ALL, new RowPacker());
            TreeMap<Long, Object[]> expected = new TreeMap<>();
            for (int i = 0; i < rows; i++) {
                Object[] values = new Object[ALL.length];
                for (int c = 0; c < values.length; c++) {
                    // The last column never has a null, the first one mostly.
                    boolean isNull = random.nextInt(ALL.length) >= c + 1;
                    values[c] = isNull ? null : value(ALL[c], random.nextInt(100_000));
                }
                long time = random.nextInt(times);
                buffer.add(time, values);
                expected.put(time, values);
            }
            assertThat(buffer.rows()).isEqualTo(rows);
            Tablet tablet = tablet(buffer, ALL);
            assertHolds(tablet, expected);
            assertCanBeSent(tablet);
        }
    }

    private static void assertHolds(Tablet tablet, Map<Long, Object[]> expected) {
        assertThat(tablet.getRowSize()).isEqualTo(expected.size());
        int row = 0;
        for (Map.Entry<Long, Object[]> entry : expected.entrySet()) {
            assertThat(tablet.getTimestamp(row)).isEqualTo(entry.getKey());
            for (int c = 0; c < ALL.length; c++) {
                Object wanted = readable(entry.getValue()[c]);
                Object read = read(tablet, row, c);
                if (wanted == null ? read != null : !wanted.equals(read)) {
                    assertThat(read).as("row %d, %s", row, ALL[c]).isEqualTo(wanted);
                }
            }
            row++;
        }
    }

    @Test
    void countsTheBytesItGrowsBy() {
        DeviceBuffer numbers =
                new DeviceBuffer(new TargetType[] {TargetType.DOUBLE}, new RowPacker());
        long bytes = numbers.bytes();
        for (int i = 0; i < 1_000; i++) {
            bytes += numbers.add(i, new Object[] {1.0});
        }
        assertThat(numbers.bytes()).isEqualTo(bytes);
        // A byte for the time's difference, one for the null, eight for the value, a quarter spare.
        assertThat(bytes).isBetween(10_000L, 13_000L);
        DeviceBuffer texts = new DeviceBuffer(new TargetType[] {TargetType.TEXT}, new RowPacker());
        assertThat(texts.add(1, new Object[] {new byte[1_000]})).isBetween(1_000L, 1_400L);
    }

    /** Differences of these wrap around. */
    @ParameterizedTest
    @EnumSource(
            value = TargetType.class,
            names = {"INT64", "TIMESTAMP", "INT32"})
    void keepsExtremeNumbersSideBySide(TargetType type) {
        boolean narrow = type == TargetType.INT32;
        List<Object> extremes =
                narrow
                        ? List.of(Integer.MAX_VALUE, Integer.MIN_VALUE, 0, -1, Integer.MAX_VALUE)
                        : List.of(Long.MAX_VALUE, Long.MIN_VALUE, 0L, -1L, Long.MAX_VALUE);
        DeviceBuffer buffer = new DeviceBuffer(new TargetType[] {type}, new RowPacker());
        for (int i = 0; i < extremes.size(); i++) {
            buffer.add(i, new Object[] {extremes.get(i)});
        }
        Tablet tablet = tablet(buffer, type);
        for (int i = 0; i < extremes.size(); i++) {
            assertThat(tablet.getValue(i, 0)).isEqualTo(extremes.get(i));
        }
    }

    @Test
    void keepsTheBitsOfEveryFloatingPointValue() {
        long[] bits = {0x7ff8000000000001L, 0xfff0000000000000L, 0x8000000000000000L, 1L};
        DeviceBuffer buffer =
                new DeviceBuffer(new TargetType[] {TargetType.DOUBLE}, new RowPacker());
        for (int i = 0; i < bits.length; i++) {
            buffer.add(i, new Object[] {Double.longBitsToDouble(bits[i])});
        }
        double[] values = (double[]) tablet(buffer, TargetType.DOUBLE).getValues()[0];
        assertThat(Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray())
                .isEqualTo(bits);
    }

    @Test
    void keepsTextsOfAnyLength() {
        DeviceBuffer buffer = new DeviceBuffer(new TargetType[] {TargetType.BLOB}, new RowPacker());
        int[] lengths = {0, 127, 128, 16_383, 16_384, 1 << 21};
        for (int i = 0; i < lengths.length; i++) {
            buffer.add(i, new Object[] {new byte[lengths[i]]});
        }
        Binary[] values = (Binary[]) tablet(buffer, TargetType.BLOB).getValues()[0];
        assertThat(Arrays.stream(values).mapToInt(Binary::getLength).toArray()).isEqualTo(lengths);
    }
}
