package io.iotdbmigrate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTest {

    @Test
    void quotesSqlNames() {
        assertThat(SqlName.quote("a`b c")).isEqualTo("`a``b c`");
        assertThat(new TableId("my.db", "t`").quoted()).isEqualTo("`my.db`.`t```");
        assertThat(new TableId("db", "t")).hasToString("db.t");
    }

    @ParameterizedTest
    @CsvSource({
        "MS, 1999, 1",
        "MS, -1, -1",
        "MS, -1000, -1",
        "MS, -1001, -2",
        "US, -7, -7",
        "NS, -7, -7000"
    })
    void cutsMicrosecondsOffTowardsThePast(TimePrecision precision, long micros, long expected) {
        assertThat(precision.fromMicros(micros)).isEqualTo(expected);
    }

    @Test
    void refusesMicrosecondsThatNanosecondsCannotHold() {
        assertThatThrownBy(() -> TimePrecision.NS.fromMicros(9223372036854776L))
                .isInstanceOf(ArithmeticException.class);
        assertThat(TimePrecision.of("us")).isEqualTo(TimePrecision.US);
    }

    @ParameterizedTest
    @CsvSource({
        "TINYINT, 0, tinyint(1), true",
        "TINYINT, 0, tinyint(1) unsigned, true",
        "TINYINT, 0, tinyint, false",
        "TINYINT, 0, tinyint(11), false",
        "BIT, 1, bit(1), true",
        "BIT, 2, bit(2), false",
        "INT, 0, int(1), false"
    })
    void knowsBooleans(MySqlType.Kind kind, long length, String declared, boolean expected) {
        MySqlType type = new MySqlType(kind, length, 0, declared.contains("unsigned"), declared);
        assertThat(type.isBoolean()).isEqualTo(expected);
    }

    @Test
    void findsColumnsWithoutCaseAndThePrimaryKey() {
        MySqlType type = new MySqlType(MySqlType.Kind.INT, 0, 0, false, "int");
        Column id = new Column("deviceId", type, false, null, null);
        TableKey other = new TableKey("k", List.of("deviceId"), false);
        TableKey primary = new TableKey("PRIMARY", List.of("deviceId"), true);
        TableSchema schema =
                new TableSchema(new TableId("d", "t"), List.of(id), List.of(other, primary), 0);
        assertThat(schema.column("DEVICEID")).contains(id);
        assertThat(schema.column("device")).isEmpty();
        assertThat(schema.primaryKey()).contains(primary);
    }

    @Test
    void saysAFindingInOneSentence() {
        assertThat(Finding.warning("t.c", "is odd", "mend it").sentence())
                .isEqualTo("t.c: is odd; mend it");
        assertThat(Finding.ok("t.c", "is fine").sentence()).isEqualTo("t.c: is fine");
    }

    @Test
    void emptyIsARowOfNulls() {
        Device device = Device.of("root.a");
        assertThat(new TargetRow(device, 1, new Object[] {null, null}).isEmpty()).isTrue();
        assertThat(new TargetRow(device, 1, new Object[] {null, 0}).isEmpty()).isFalse();
    }

    @Test
    void exitCodesAreTheContract() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 130);
    }

    /** The hash decides which writer gets a row and is compared between both sides by verify. */
    @Test
    void hashesOfADeviceAreTheSameInEveryJvmAndSpreadOverAllBits() {
        assertThat(Device.of("root.plant.s1")).isEqualTo(Device.of("root.plant.s1"));
        assertThat(Device.of("").hash()).isEqualTo(mixedFnvOfNothing());
        Set<Long> hashes = new HashSet<>();
        Set<Long> keys = new HashSet<>();
        int[] ones = new int[Long.SIZE];
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            Device device = Device.of("root.plant.device_" + i);
            hashes.add(device.hash());
            keys.add(device.keyHash(0));
            keys.add(device.keyHash(i + 1L));
            for (int bit = 0; bit < Long.SIZE; bit++) {
                ones[bit] += (int) (device.keyHash(1_700_000_000_000L + i * 60_000L) >>> bit & 1);
            }
        }
        assertThat(hashes).hasSize(count);
        assertThat(keys).hasSize(2 * count);
        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertThat(ones[bit]).as("bit %d", bit).isBetween(count * 48 / 100, count * 52 / 100);
        }
    }

    /** splitmix64's finish of FNV-1a's start value. */
    private static long mixedFnvOfNothing() {
        long z = 0xcbf29ce484222325L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** As the config has it; a table whose own name has a dot stands in backquotes. */
    @Test
    void tablesAreNamedWithOrWithoutADatabase() {
        assertThat(TableId.named("t", "plant")).isEqualTo(new TableId("plant", "t"));
        assertThat(TableId.named("other.t", "plant")).isEqualTo(new TableId("other", "t"));
        assertThat(TableId.named("`a.``b`", "plant")).isEqualTo(new TableId("plant", "a.`b"));
        assertThat(new TableId("plant", "a.`b").name("plant")).isEqualTo("`a.``b`");
    }

    @Test
    void positionsAreInOrderByFileEventAndRow() {
        ChangePosition second = new ChangePosition("binlog.000009", 4, 100, 1, 0);

        assertThat(second.isBehind(second.rowBefore())).isTrue();
        assertThat(second.rowBefore().isBehind(second)).isFalse();
        assertThat(second.withRow(ChangePosition.ALL_ROWS).isBehind(second)).isTrue();
        assertThat(second.isBefore("binlog.000010", 4)).isTrue();
        assertThat(second.isBefore("binlog.000009", 100)).isFalse();
    }

    @Test
    void aFailureIsTheFirstLineOfItsInnermostCauseWithoutAClass() {
        Throwable inner = new IllegalStateException("java.net.ConnectException: refused\nat x");

        assertThat(Causes.message(new IllegalStateException("outer", inner))).isEqualTo("refused");
        assertThat(Causes.message(new IllegalStateException()))
                .isEqualTo("it does not say why; see the log");
    }
}
