package io.iotdbmigrate.flink.cdc.apply;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.RowPolicies;
import io.iotdbmigrate.config.RowPolicies.OnCascade;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.model.Change;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TimePrecision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The heap that is held; what the states come to is tested by CdcIT and ChangeWriterTest. */
class PointStatesTest {
    private static final byte[] TEXT = new byte[1_000];

    private final PointStates states =
            new PointStates(
                    0,
                    new CdcSpec.Table(
                            new MappingBuilder("root.plant.{site}", "at")
                                    .measurement("a")
                                    .plan(
                                            TimePrecision.MS,
                                            column("site", "varchar(20)"),
                                            column("at", "bigint"),
                                            nullable("a", "text")),
                            List.of(),
                            true,
                            true,
                            true,
                            true));

    private long add(Change.Kind kind, long time) {
        return states.add(
                new Change(
                        0,
                        kind,
                        Device.of("root.plant.x"),
                        time,
                        kind == Change.Kind.DELETE ? null : new Object[] {TEXT},
                        List.of()));
    }

    /** A new row has the largest key; one that is moved to the point of another need not. */
    @Test
    void aMovedRowMayGiveWayWhereANewOneDoesNot() {
        PointStates moved =
                new PointStates(
                        0,
                        new CdcSpec.Table(
                                states.table().mapping(), List.of(), false, true, true, true));
        for (Change.Kind kind : List.of(Change.Kind.INSERT, Change.Kind.ARRIVAL)) {
            moved.add(
                    new Change(
                            0,
                            kind,
                            Device.of("root.plant.x"),
                            kind == Change.Kind.INSERT ? 1 : 2,
                            new Object[] {TEXT},
                            List.of("x", 1L)));
        }

        var times = moved.devices().get(Device.of("root.plant.x"));
        assertThat(times.get(1L).contested()).isFalse();
        assertThat(times.get(2L).contested()).isTrue();
    }

    /** What a look-up gives is of the device: the row that went may be all that tells it. */
    @Test
    void aSharedPointKeepsTheLatestValues() {
        PointStates shared =
                new PointStates(
                        0,
                        new CdcSpec.Table(
                                states.table().mapping(), List.of(), false, true, true, true));
        for (Change.Kind kind : List.of(Change.Kind.INSERT, Change.Kind.DELETE)) {
            shared.add(
                    new Change(
                            0,
                            kind,
                            Device.of("root.plant.x"),
                            1,
                            kind == Change.Kind.DELETE ? null : new Object[] {TEXT},
                            List.of("x", 1L)));
        }

        var state = shared.devices().get(Device.of("root.plant.x")).get(1L);
        assertThat(state.values()).isNull();
        assertThat(state.latest()).containsExactly(TEXT);
    }

    /** What MySQL had last, or what a change before it left; else IoTDB alone knows it. */
    @Test
    void aMarkedRowHasTheValuesOfItsDeletion() {
        byte[] last = new byte[1];
        RowPolicies policies =
                new RowPolicies(
                        OnUpdate.OVERWRITE,
                        OnDelete.MARK,
                        OnPartitionDrop.IGNORE,
                        OnCascade.FAIL,
                        OnDuplicate.LAST);
        PointStates marking =
                new PointStates(
                        0,
                        new CdcSpec.Table(
                                states.table().mapping().withPolicies(policies),
                                List.of(),
                                true,
                                true,
                                true,
                                true));
        Device device = Device.of("root.plant.x");
        Object[] row = {TEXT};
        long held = 0;
        for (long time : new long[] {1, 2}) {
            held = marking.add(new Change(0, Change.Kind.INSERT, device, time, row, List.of()));
        }
        Object[] had = {last};
        marking.add(new Change(0, Change.Kind.DELETE, device, 1, had, List.of()));
        marking.add(new Change(0, Change.Kind.DELETE, device, 2, null, List.of()));
        marking.add(new Change(0, Change.Kind.DELETE, device, 3, null, List.of()));

        var times = marking.devices().get(device);
        assertThat(times.values()).allMatch(PointStates.PointState::marked);
        assertThat(times.get(1L).values()).containsExactly(last);
        assertThat(times.get(2L).values()).containsExactly(TEXT);
        assertThat(times.get(3L).values()).isNull();
        assertThat(marking.add(new Change(0, Change.Kind.DELETE, device, 4, row, List.of())))
                .as("the heap that its values take")
                .isEqualTo(held);
    }

    @Test
    void aRowThatComesBackCountsWithItsValues() {
        long row = add(Change.Kind.INSERT, 1);
        assertThat(row).isGreaterThan(TEXT.length);
        assertThat(add(Change.Kind.UPDATE, 1)).as("the same size").isZero();

        long gone = add(Change.Kind.DELETE, 2);
        assertThat(gone).isPositive().isLessThan(row);
        assertThat(gone + add(Change.Kind.INSERT, 2)).isEqualTo(row);
        assertThat(row + add(Change.Kind.DELETE, 1)).isEqualTo(gone);
    }

    /** MySQL decides; where it has no row any more, the first one was the one that stood. */
    @Test
    void ofNewRowsTheFirstStandsIfThePolicySaysSo() {
        byte[] second = new byte[1];
        RowPolicies policies =
                new RowPolicies(
                        OnUpdate.OVERWRITE,
                        OnDelete.DELETE,
                        OnPartitionDrop.IGNORE,
                        OnCascade.FAIL,
                        OnDuplicate.FIRST);
        PointStates first =
                new PointStates(
                        0,
                        new CdcSpec.Table(
                                states.table().mapping().withPolicies(policies),
                                List.of(),
                                false,
                                true,
                                true,
                                true));
        for (byte[] text : List.of(TEXT, second)) {
            first.add(
                    new Change(
                            0,
                            Change.Kind.INSERT,
                            Device.of("root.plant.x"),
                            1,
                            new Object[] {text},
                            List.of("x", 1L)));
        }
        assertThat(first.devices().get(Device.of("root.plant.x")).get(1L).values())
                .containsExactly(TEXT);
    }
}
