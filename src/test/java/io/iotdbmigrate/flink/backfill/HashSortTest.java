package io.iotdbmigrate.flink.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashSortTest {
    private final HashSort sort = new HashSort();

    private void assertSorts(long[] hashes) {
        long[] expected = hashes.clone();
        Arrays.sort(expected);
        long[] sorted = hashes.clone();
        sort.sort(sorted, sorted.length);
        assertThat(sorted).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 15, 16, 17, 1_000, 100_000})
    void hashesOfAnyNumber(int count) {
        assertSorts(new SplittableRandom(count).longs(count).toArray());
    }

    @Test
    void smallerOnesAfterLargerOnes() {
        assertSorts(new SplittableRandom(1).longs(50_000).toArray());
        assertSorts(new SplittableRandom(2).longs(20).toArray());
    }

    @Test
    void aSliceOfTheHashSpace() {
        assertSorts(new SplittableRandom(3).longs(10_000, Long.MIN_VALUE, -(1L << 62)).toArray());
        assertSorts(new SplittableRandom(4).longs(10_000, 5, 2_000).toArray());
    }

    @Test
    void theWholeHashSpaceWithBothEnds() {
        assertSorts(
                LongStream.concat(
                                LongStream.of(Long.MAX_VALUE, Long.MIN_VALUE, 0, -1),
                                new SplittableRandom(5).longs(1_000))
                        .toArray());
    }

    @Test
    void manyOfOneHash() {
        assertSorts(LongStream.generate(() -> 42).limit(10_000).toArray());
        assertSorts(
                LongStream.range(0, 10_000).map(i -> i % 3 == 0 ? Long.MIN_VALUE : 7).toArray());
    }

    @Test
    void whatLiesBehindStaysWhereItIs() {
        long[] hashes = new SplittableRandom(6).longs(100).toArray();
        hashes[60] = 13;
        long[] sorted = hashes.clone();

        sort.sort(sorted, 60);

        Arrays.sort(hashes, 0, 60);
        assertThat(sorted).isEqualTo(hashes);
    }
}
