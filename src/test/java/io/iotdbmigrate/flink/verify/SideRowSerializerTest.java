package io.iotdbmigrate.flink.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TypedValue;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.SideRow;
import io.iotdbmigrate.verify.SideRow.Side;
import java.io.IOException;
import java.time.LocalDate;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A row is the same on the other side of the exchange, to the bit. */
class SideRowSerializerTest {
    private static final RowKey KEY = new RowKey(3, "root.`New York`.温度", Long.MIN_VALUE);

    private static SideRow sent(SideRow row) throws IOException {
        SideRowSerializer serializer = new SideRowSerializer();
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer.serialize(row, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        SideRow there = serializer.deserialize(in);
        assertThat(in.available()).isZero();
        return there;
    }

    private static @Nullable Object[] values(@Nullable Object... values) throws IOException {
        return sent(new SideRow(Side.IOTDB, KEY, 0, values)).values();
    }

    @Test
    void sideKeyAndOrderStay() throws IOException {
        SideRow row = sent(new SideRow(Side.MYSQL, KEY, 1L << 40, new Object[0]));

        assertThat(row.side()).isEqualTo(Side.MYSQL);
        assertThat(row.key()).isEqualTo(KEY);
        assertThat(row.order()).isEqualTo(1L << 40);
        assertThat(sent(new SideRow(Side.IOTDB, KEY, 0, new Object[0])).side())
                .isEqualTo(Side.IOTDB);
    }

    @Test
    void everyFormOfAValueStays() throws IOException {
        @Nullable Object[] all = {
            null,
            true,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            -0.0f,
            1e-310,
            new byte[] {0, -1},
            LocalDate.of(9999, 12, 31)
        };

        assertThat(values(all)).usingRecursiveComparison().isEqualTo(all);
    }

    @Test
    void bitsOfNumbersStay() throws IOException {
        float signalling = Float.intBitsToFloat(0x7f800001);

        assertThat(values(signalling, -0.0))
                .satisfies(
                        sent -> {
                            assertThat(Float.floatToRawIntBits((Float) sent[0]))
                                    .isEqualTo(0x7f800001);
                            assertThat(Double.doubleToRawLongBits((Double) sent[1]))
                                    .isEqualTo(Long.MIN_VALUE);
                        });
    }

    @Test
    void anotherTypeThanTheMappingsStaysWithItsValue() throws IOException {
        TypedValue asLong = new TypedValue(TargetType.INT64, 1L);

        assertThat(values(1, asLong)).containsExactly(1, asLong);
    }
}
