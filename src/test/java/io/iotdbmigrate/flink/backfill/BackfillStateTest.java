package io.iotdbmigrate.flink.backfill;

import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.flink.io.StateSerializer;
import io.iotdbmigrate.model.Chunk;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.KeyValue;
import io.iotdbmigrate.model.KeyValue.Kind;
import io.iotdbmigrate.mysql.ChunkPlanner.Cursor;
import io.iotdbmigrate.testkit.StateSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pieces of a backfill's checkpoint, as committed samples have them. */
class BackfillStateTest {
    private static final List<KeyValue> KEY =
            List.of(
                    new KeyValue(Kind.NUMBER, "-9223372036854775808"),
                    new KeyValue(Kind.TEXT, "\u00fcber \u00df \ud83c\udf3b"),
                    new KeyValue(Kind.BYTES, "00ff"));
    private static final Chunk CHUNK = new Chunk(3, 68_719_476_736L, List.of(), KEY);

    static Stream<Arguments> pieces() {
        List<Cursor> cursors =
                new ArrayList<>(
                        Arrays.asList(
                                new Cursor(KEY, KEY, 50_000, 7, false),
                                new Cursor(List.of(), List.of(), 0, 0, true),
                                null));
        return Stream.of(
                piece("split", new ChunkSplitSerializer(), new ChunkSplit(CHUNK)),
                piece(
                        "enumerator",
                        new EnumeratorStateSerializer(),
                        new EnumeratorState(
                                cursors,
                                List.of(new ChunkSplit(CHUNK)),
                                List.of(5_000_000_000L, 0L, 0L))),
                piece(
                        "receipt",
                        new ChunkReceiptSerializer(),
                        new ChunkReceipt(CHUNK, 50_000, 99_999, 1, 2, 3, 0)));
    }

    private static <T> Arguments piece(String name, StateSerializer<T> serializer, T value) {
        return Arguments.of(name, Named.of("serializer", serializer), Named.of("value", value));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pieces")
    <T> void readsAndWritesVersion2(String name, StateSerializer<T> serializer, T value)
            throws Exception {
        byte[] sample = StateSample.read("v2/" + name + ".bin");

        assertThat(serializer.deserialize(2, sample)).isEqualTo(value);
        if (serializer.getVersion() == 2) {
            assertThat(serializer.serialize(value)).isEqualTo(sample);
        }
    }

    /** Values that were left out are counted since. */
    @Test
    void readsAndWritesVersion3OfAReceipt() throws Exception {
        ChunkReceipt receipt = new ChunkReceipt(CHUNK, 50_000, 99_999, 1, 2, 3, 4);
        byte[] sample = StateSample.read("v3/receipt.bin");

        assertThat(new ChunkReceiptSerializer().deserialize(3, sample)).isEqualTo(receipt);
        assertThat(new ChunkReceiptSerializer().serialize(receipt)).isEqualTo(sample);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pieces")
    <T> void refusesVersion1(String name, StateSerializer<T> serializer, T value) throws Exception {
        byte[] sample = StateSample.read("v1/" + name + ".bin");

        assertRefused(ExitCode.CONFIG, () -> serializer.deserialize(1, sample))
                .hasMessageContaining(
                        "its state has version 1, this one reads " + serializer.getVersion())
                .hasMessageContaining("iotdb-migrate backfill --restart");
        assertRefused(ExitCode.CONFIG, () -> serializer.fromVersionedBytes(sample))
                .hasMessageContaining(
                        "its state has version 1, this one reads " + serializer.getVersion());
    }
}
