package io.iotdbmigrate.flink.cdc;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.LookupConfig.OnRename;
import io.iotdbmigrate.flink.cdc.BinlogMark.Kind;
import io.iotdbmigrate.flink.cdc.CdcSpec.Names;
import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.names.NameChange;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.testkit.StateSample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowedNamesTest {
    private static final String FIRST = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String OTHER = "91b2f5a0-71ca-11e1-9e33-c80aa9429562";
    private static final long HEAD = 4_294_967_299L;
    private static final NamesSince SINCE =
            new NamesSince(new BinlogPosition("binlog.000005", HEAD, FIRST + ":1-10", FIRST));

    private final ListInMemory.All state = new ListInMemory.All();

    /** Item 7 is named {@code cpu}. */
    private FollowedNames names(OnRename onRename, @Nullable NamesSince since) throws Exception {
        LookupColumn column =
                new LookupColumn(
                        "item.key",
                        new TableId("zbx", "items"),
                        column("id", "bigint"),
                        column("key", "varchar(64)"),
                        onRename,
                        Map.of("7", "cpu"));
        TableMapping mapping =
                new MappingBuilder("root.z.{item.key}", "at")
                        .measurement("v")
                        .lookups(r -> Lookup.of(r, Map.of("item.key", column)::get, k -> Set.of()))
                        .plan(
                                TimePrecision.MS,
                                column("item", "bigint"),
                                column("at", "bigint"),
                                column("v", "double"));
        return new FollowedNames(new Names(List.of(column), since), List.of(mapping), state::get);
    }

    private static ChangePosition at(String file, long offset) {
        return new ChangePosition(file, offset, offset, 0, 0);
    }

    private static ChangeProgress progress(ChangePosition position) {
        return new ChangeProgress(position, null, 0, true, 0, 0, FIRST);
    }

    private static RowEvent rename(
            String from, @Nullable String to, ChangePosition position, @Nullable String gtid) {
        Object[] after = to == null ? null : new Object[] {7L, to};
        return new RowEvent(0, new Object[] {7L, from}, after, position, gtid, true);
    }

    /** Renames item 7 at an offset of the file that was the last when the names were read. */
    private static boolean follow(FollowedNames names, String from, String to, long offset) {
        RowEvent event = rename(from, to, at("binlog.000005", offset), null);
        return names.follow(event, event, FIRST);
    }

    @Test
    void namesThatWereReadHaveTheChangesBeforeAlsoBehindARestart() throws Exception {
        FollowedNames begun = names(OnRename.FAIL, SINCE);
        assertThat(follow(begun, "load", "temp", 400)).isFalse();
        begun.snapshot(1, progress(at("binlog.000005", 400)));

        FollowedNames restored = names(OnRename.FAIL, null);

        assertThat(follow(restored, "temp", "cpu", HEAD - 1)).isFalse();
        assertRefused(ExitCode.JOB_FAILED, () -> follow(restored, "cpu", "net", HEAD))
                .hasMessageContaining("from \"cpu\" to \"net\"");
    }

    @Test
    void namesOfACheckpointKnowNothingOfTheSpec() throws Exception {
        names(OnRename.FORK, null).snapshot(1, progress(at("binlog.000005", 400)));
        assertThat(follow(names(OnRename.FORK, SINCE), "cpu", "net", 500)).isTrue();
    }

    /** Its files have lower numbers. */
    @Test
    void onAnotherServerGtidsTellWhichChangesTheNamesHave() throws Exception {
        FollowedNames names = names(OnRename.FORK, SINCE);
        RowEvent known = rename("load", "cpu", at("binlog.000002", 200), FIRST + ":10");
        RowEvent later = rename("cpu", "net", at("binlog.000002", 300), FIRST + ":11");
        RowEvent own = rename("net", "disk", at("binlog.000002", 400), OTHER + ":1");

        assertThat(names.follow(known, known, OTHER)).isFalse();
        assertThat(names.follow(later, later, OTHER)).isTrue();
        assertThat(names.follow(own, own, OTHER)).isTrue();
        RowEvent unnumbered = rename("disk", "fan", at("binlog.000002", 500), null);
        assertRefused(ExitCode.JOB_FAILED, () -> names.follow(unnumbered, unnumbered, OTHER))
                .hasMessageContaining(
                        "the look-up table zbx.items was changed at binlog.000002:500 of the server "
                                + OTHER)
                .hasMessageContaining("the names at binlog.000005:" + HEAD)
                .hasMessageContaining("backfill --restart");
    }

    @Test
    void behindThePlaceEveryServersChangesCount() throws Exception {
        names(OnRename.FORK, SINCE).snapshot(1, progress(at("binlog.000005", HEAD)));
        assertThat(state.get("names-since").get()).isEmpty();

        RowEvent event = rename("cpu", "net", at("binlog.000002", 500), null);
        assertThat(names(OnRename.FORK, null).follow(event, event, OTHER)).isTrue();
    }

    @Test
    void aRowOfAnXaTransactionCountsWhereItIsCommitted() throws Exception {
        FollowedNames names = names(OnRename.FORK, SINCE);
        RowEvent prepared = rename("cpu", "net", at("binlog.000005", 400), null);
        BinlogMark early =
                new BinlogMark(Kind.XA_COMMITTED, "a", at("binlog.000005", HEAD - 1), null);
        BinlogMark late = new BinlogMark(Kind.XA_COMMITTED, "a", at("binlog.000005", HEAD), null);

        assertThat(names.follow(prepared, early, FIRST)).isFalse();
        assertThat(names.follow(prepared, late, FIRST)).isTrue();
    }

    @Test
    void changesAreToldBehindAFailureToo() throws Exception {
        FollowedNames begun = names(OnRename.FORK, null);
        follow(begun, "cpu", "net", 400);
        begun.snapshot(1, progress(at("binlog.000005", 400)));

        FollowedNames restored = names(OnRename.FORK, null);
        follow(restored, "net", "disk", 500);
        RowEvent gone = rename("disk", null, at("binlog.000005", 600), null);
        restored.follow(gone, gone, FIRST);
        restored.snapshot(2, progress(at("binlog.000005", 600)));
        assertThatThrownBy(
                        () ->
                                restored.completed(
                                        2,
                                        changes -> {
                                            throw new IOException("IoTDB is away");
                                        }))
                .hasMessage("IoTDB is away");
        List<NameChange> told = new ArrayList<>();
        restored.completed(2, told::addAll);

        assertThat(told).extracting(NameChange::name).containsExactly("cpu", "net", "disk");
        assertThat(told).extracting(NameChange::newName).containsExactly("net", "disk", "");
        restored.completed(3, told::addAll);
        assertThat(told).as("once").hasSize(3);
        restored.snapshot(3, progress(at("binlog.000005", 600)));
        assertThat(state.get("names-changed").get()).isEmpty();
    }

    @Test
    void readsAndWritesVersion2() throws Exception {
        NamesSinceSerializer serializer = new NamesSinceSerializer();
        byte[] sample = StateSample.read("v2/names-since.bin");

        assertThat(serializer.fromVersionedBytes(sample)).isEqualTo(SINCE);
        assertThat(serializer.toVersionedBytes(SINCE)).isEqualTo(sample);
    }
}
