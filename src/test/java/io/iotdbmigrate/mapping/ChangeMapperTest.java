package io.iotdbmigrate.mapping;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.model.Change;
import io.iotdbmigrate.model.Change.Kind;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TimePrecision;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a row event means, by every policy. */
class ChangeMapperTest {
    private static final ChangePosition AT = new ChangePosition("binlog.000003", 157, 157, 0, 0);
    private static final BigInteger TOO_LARGE = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private static ChangeMapper mapper(OnUpdate update, OnDelete delete, boolean mayCollapse) {
        return mapper(update, delete, mayCollapse, null);
    }

    private static ChangeMapper mapper(
            OnUpdate update, OnDelete delete, boolean mayCollapse, Long greatest) {
        return new ChangeMapper(
                4,
                new MappingBuilder("root.plant.{site}", "at")
                        .measurement("t")
                        .policies(update, delete)
                        .plan(
                                TimePrecision.MS,
                                column("id", "bigint"),
                                column("site", "varchar(20)"),
                                column("at", "bigint"),
                                nullable("t", "bigint unsigned")),
                mayCollapse,
                greatest,
                row -> row[0].equals("gone") ? new Object[] {"s", row[1], row[2], row[3]} : null);
    }

    private static ChangeMapper mapper(OnUpdate update, OnDelete delete) {
        return mapper(update, delete, false);
    }

    /** In reading order; the key comes last. */
    private static Object[] row(String site, long at, Object t) {
        return new Object[] {site, at, t, 9L};
    }

    private static Change change(Kind kind, String site, long time, Object... values) {
        return new Change(
                4,
                kind,
                Device.of("root.plant." + site),
                time,
                kind == Kind.DELETE ? null : values,
                List.of());
    }

    @Test
    void anInsertIsOne() {
        assertThat(mapper(OnUpdate.OVERWRITE, OnDelete.DELETE).inserted(row("s", 5, 7L)).changes())
                .containsExactly(change(Kind.INSERT, "s", 5, 7L));
    }

    @Test
    void anUpdateOfAValueIsOneChange() {
        assertThat(
                        mapper(OnUpdate.OVERWRITE, OnDelete.DELETE)
                                .updated(row("s", 5, 7L), row("s", 5, null), AT)
                                .changes())
                .containsExactly(change(Kind.UPDATE, "s", 5, (Object) null));
    }

    /** Also where updates are ignored: nothing of the row would be where MySQL has it. */
    @ParameterizedTest
    @EnumSource(value = OnUpdate.class, mode = Mode.EXCLUDE, names = "FAIL")
    void anUpdateOfDeviceOrTimeIsADeletionAndAnInsertion(OnUpdate policy) {
        ChangeMapper mapper = mapper(policy, OnDelete.DELETE);

        assertThat(mapper.updated(row("s", 5, 7L), row("other", 5, 7L), AT).changes())
                .containsExactly(change(Kind.DELETE, "s", 5), change(Kind.ARRIVAL, "other", 5, 7L));
        assertThat(mapper.updated(row("s", 5, 7L), row("s", 6, 8L), AT).changes())
                .containsExactly(change(Kind.DELETE, "s", 5), change(Kind.ARRIVAL, "s", 6, 8L));
    }

    @Test
    void otherUpdatesAreIgnoredWhereTheyAreToBe() {
        assertThat(
                        mapper(OnUpdate.IGNORE, OnDelete.DELETE)
                                .updated(row("s", 5, 7L), row("s", 5, 8L), AT)
                                .changes())
                .isEmpty();
    }

    @Test
    void aMoveKeepsTheOldRowWhereDeletionsAreIgnored() {
        assertThat(
                        mapper(OnUpdate.OVERWRITE, OnDelete.IGNORE)
                                .updated(row("s", 5, 7L), row("s", 6, 7L), AT)
                                .changes())
                .containsExactly(change(Kind.ARRIVAL, "s", 6, 7L));
    }

    @ParameterizedTest
    @CsvSource({"DELETE, 1", "IGNORE, 0"})
    void aDeletionIsOneUnlessIgnored(OnDelete policy, int changes) {
        assertThat(mapper(OnUpdate.OVERWRITE, policy).deleted(row("s", 5, 7L), AT).changes())
                .hasSize(changes)
                .allSatisfy(c -> assertThat(c).isEqualTo(change(Kind.DELETE, "s", 5)));
    }

    /** Where updates are not written, IoTDB has other values than MySQL. */
    @ParameterizedTest
    @CsvSource({"OVERWRITE, true", "FAIL, true", "IGNORE, false", "VERSION, false"})
    void aRowThatIsMarkedHasItsLastValuesIfIotdbHasThem(OnUpdate policy, boolean has) {
        assertThat(mapper(policy, OnDelete.MARK).deleted(row("s", 5, 7L), AT).changes())
                .containsExactly(
                        new Change(
                                4,
                                Kind.DELETE,
                                Device.of("root.plant.s"),
                                5,
                                has ? new Object[] {7L} : null,
                                List.of()));
    }

    @Test
    void whatIsForbiddenIsRefusedWithRowPlaceAndRemedy() {
        ChangeMapper mapper = mapper(OnUpdate.FAIL, OnDelete.FAIL);

        assertRefused(
                        ExitCode.JOB_FAILED,
                        () -> mapper.updated(row("s", 5, 7L), row("s", 5, 8L), AT))
                .hasMessageContaining("row id=9 of plant.reading was updated at binlog.000003:157")
                .hasMessageContaining("set on_update of this mapping to another value");
        assertRefused(ExitCode.JOB_FAILED, () -> mapper.deleted(row("s", 5, 7L), AT))
                .hasMessageContaining("was deleted")
                .hasMessageContaining("on_delete is fail");
        assertThat(mapper.updated(row("s", 5, 7L), row("s", 5, 7L), AT).changes()).isEmpty();
    }

    @Test
    void aMoveIsRefusedWhereDeletionsAre() {
        ChangeMapper mapper = mapper(OnUpdate.OVERWRITE, OnDelete.FAIL);

        assertRefused(
                        ExitCode.JOB_FAILED,
                        () -> mapper.updated(row("s", 5, 7L), row("s", 6, 7L), AT))
                .hasMessageContaining("on_delete is fail");
    }

    @Test
    void aRowThatCannotBeMappedAnyMoreIsTakenAwayAndRejected() {
        ChangeMapper mapper = mapper(OnUpdate.OVERWRITE, OnDelete.DELETE);

        ChangeMapper.Mapped gone = mapper.updated(row("s", 5, 7L), row("s", 5, TOO_LARGE), AT);
        ChangeMapper.Mapped back = mapper.updated(row("s", 5, TOO_LARGE), row("s", 5, 8L), AT);

        assertThat(gone.changes()).containsExactly(change(Kind.DELETE, "s", 5));
        assertThat(gone.rejected()).isNotNull();
        assertThat(gone.rejected().key()).isEqualTo("id=9");
        assertThat(back.changes()).containsExactly(change(Kind.ARRIVAL, "s", 5, 8L));
        assertThat(back.rejected()).isNull();
    }

    /** Transactions commit in another order than MySQL numbers their rows. */
    @Test
    void aRowIsNewOnlyBehindOneWithASmallerKey() {
        ChangeMapper mapper = mapper(OnUpdate.OVERWRITE, OnDelete.DELETE, true);

        assertThat(LongStream.of(4, 7, 6, 7, 8, 5, 9))
                .extracting(
                        key ->
                                mapper.inserted(new Object[] {"s", 5L, 7L, key})
                                        .changes()
                                        .get(0)
                                        .kind())
                .containsExactly(
                        Kind.ARRIVAL,
                        Kind.INSERT,
                        Kind.ARRIVAL,
                        Kind.ARRIVAL,
                        Kind.INSERT,
                        Kind.ARRIVAL,
                        Kind.INSERT);
    }

    /** Numbers may be given, as for rows that are restored. */
    @Test
    void aRowIsNotNewIfOneHadAGreaterKeyBefore() {
        ChangeMapper mapper = mapper(OnUpdate.OVERWRITE, OnDelete.DELETE, true, 9L);

        assertThat(LongStream.of(3, 5, 10))
                .extracting(
                        key ->
                                mapper.inserted(new Object[] {"s", 5L, 7L, key})
                                        .changes()
                                        .get(0)
                                        .kind())
                .containsExactly(Kind.ARRIVAL, Kind.ARRIVAL, Kind.INSERT);
        assertThat(mapper.greatest()).isEqualTo(10L);
    }

    /** MySQL is asked which of them stands. */
    @Test
    void whereRowsMayShareAPointTheirKeyIsHandedOn() {
        List<Change> changes =
                mapper(OnUpdate.OVERWRITE, OnDelete.DELETE, true)
                        .updated(row("s", 5, 7L), row("s", 6, 7L), AT)
                        .changes();

        assertThat(changes)
                .extracting(Change::key)
                .containsExactly(List.of("s", 5L), List.of("s", 6L));
    }

    /** Another key of a look-up has its names now, and may have a row at its point. */
    @Test
    void whereAnotherKeyTookOverTheNamesItsRowIsAskedFor() {
        ChangeMapper mapper = mapper(OnUpdate.OVERWRITE, OnDelete.DELETE);

        assertThat(mapper.deleted(row("gone", 5, 7L), AT).changes())
                .extracting(Change::key)
                .containsExactly(List.of("s", 5L));
    }
}
