package io.iotdbmigrate.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.TypedValue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows, their bytes, hashes and sums. */
class DigestTest {
    private static final TargetType[] TWO = {TargetType.FLOAT, TargetType.TEXT};

    private static byte[] bytes(String device, long time, Object... values) {
        RowBytes bytes = new RowBytes().row(device, time, TWO, values);
        return Arrays.copyOf(bytes.buffer(), bytes.length());
    }

    private static RowHash hash(int value) {
        return new RowHash(1, 2)
                .compute(
                        new RowBytes()
                                .row(
                                        "root.d",
                                        5,
                                        new TargetType[] {TargetType.INT32},
                                        new Object[] {value}));
    }

    @Test
    void everythingAboutARowIsInItsBytes() {
        byte[] text = "x".getBytes(UTF_8);
        Set<String> all = new HashSet<>();
        for (byte[] each :
                List.of(
                        bytes("root.d", 1, 1f, text),
                        bytes("root.e", 1, 1f, text),
                        bytes("root.d", 2, 1f, text),
                        bytes("root.d", 1, Math.nextUp(1f), text),
                        bytes("root.d", 1, 0f, text),
                        bytes("root.d", 1, -0f, text),
                        bytes("root.d", 1, null, text),
                        bytes("root.d", 1, 1f, null),
                        bytes("root.d", 1, 1f, new byte[0]),
                        bytes("root.d", 1, new TypedValue(TargetType.DOUBLE, 1.0), text),
                        bytes("root.d", 1, 1f, new TypedValue(TargetType.STRING, text)))) {
            all.add(java.util.HexFormat.of().formatHex(each));
        }

        assertThat(all).hasSize(11);
        assertThat(bytes("root.d", 1, 1f, text)).isEqualTo(bytes("root.d", 1, 1f, text.clone()));
    }

    @Test
    void theKeyAndEveryBitMatterToBothLanes() {
        RowBytes row =
                new RowBytes()
                        .row("root.d", 5, new TargetType[] {TargetType.INT32}, new Object[] {7});
        RowHash one = new RowHash(1, 2).compute(row);
        RowHash other = new RowHash(1, 3).compute(row);

        assertThat(one.first()).isNotEqualTo(other.first());
        assertThat(one.second()).isNotEqualTo(other.second());
        assertThat(Long.bitCount(one.first() ^ hash(6).first())).isBetween(10, 54);
        assertThat(Long.bitCount(one.second() ^ hash(6).second())).isBetween(10, 54);
    }

    @Test
    void theSameRowTwiceDoesNotCancel() {
        BucketSums sums = new BucketSums(4);
        BucketSums none = new BucketSums(4);
        sums.add(1, hash(7));
        sums.add(1, hash(7));

        assertThat(sums.differing(none).stream()).containsExactly(1);
        assertThat(sums.rows()).isEqualTo(2);
    }

    @Test
    void sumsDoNotDependOnOrderOrOnWhoRead() {
        BucketSums all = new BucketSums(2);
        BucketSums first = new BucketSums(2);
        BucketSums second = new BucketSums(2);
        for (int i = 0; i < 100; i++) {
            all.add(i % 2, hash(i));
            (i % 3 == 0 ? second : first).add(i % 2, hash(i));
        }
        second.add(first);

        assertThat(second.differing(all).isEmpty()).isTrue();
        assertThat(second.checksum()).isEqualTo(all.checksum()).hasSize(32);
    }

    @Test
    void bucketsAreBoundedAndHoldWholeHours() {
        Buckets buckets = Buckets.of(1, TimePrecision.MS);
        Device device = Device.of("root.d");

        assertThat(buckets.count()).isEqualTo(1 << 17);
        assertThat(buckets.of(device, 0)).isEqualTo(buckets.of(device, 3_599_999));
        assertThat(buckets.of(device, Long.MIN_VALUE)).isBetween(0, buckets.count() - 1);
        assertThat(buckets.group(buckets.of(device, 12_345))).isEqualTo(buckets.groupOf(device));
        assertThat(Buckets.of(100_000, TimePrecision.NS).count()).isEqualTo(256);
    }
}
