package io.iotdbmigrate.mapping.names;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.LookupConfig.OnRename;
import io.iotdbmigrate.config.TagConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.RowMapper;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TimePrecision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Items have a key and a host, and hosts have a name, as in Zabbix. */
class KnownNamesTest {
    private static final ChangePosition AT = new ChangePosition("binlog.000003", 157, 157, 0, 0);
    private static final int HOST_OF_ITEM = 0;
    private static final int KEY_OF_ITEM = 1;
    private static final int HOST = 2;
    private static final List<LookupColumn> COLUMNS = columns(OnRename.FAIL);

    private static List<LookupColumn> columns(OnRename onRename) {
        return List.of(
                lookup("item.host", "items", onRename, Map.of("7", "1", "8", "2")),
                lookup("item.key", "items", onRename, Map.of("7", "cpu", "8", "cpu")),
                lookup("item.host.name", "hosts", onRename, Map.of("1", "web", "2", "db")));
    }

    private static LookupColumn lookup(
            String reference, String table, OnRename onRename, Map<String, String> rows) {
        return new LookupColumn(
                reference,
                new TableId("zbx", table),
                column("id", "bigint"),
                column(reference.substring(reference.lastIndexOf('.') + 1), "varchar(64)"),
                onRename,
                rows);
    }

    private static KnownNames names(List<LookupColumn> columns, List<KnownNames.Stored> earlier) {
        Map<String, LookupColumn> byReference =
                Map.of(
                        "item.host.name", columns.get(HOST),
                        "item.host", columns.get(HOST_OF_ITEM),
                        "item.key", columns.get(KEY_OF_ITEM));
        TableMapping mapping =
                new MappingBuilder("root.z.{item.host.name}.{item.key}", "at")
                        .measurement("v")
                        .lookups(r -> Lookup.of(r, byReference::get, k -> java.util.Set.of()))
                        .plan(
                                TimePrecision.MS,
                                column("item", "bigint"),
                                column("at", "bigint"),
                                column("v", "double"));
        return new KnownNames(columns, List.of(mapping), earlier);
    }

    private static List<NameChange> take(
            KnownNames names, int column, @Nullable String before, @Nullable String after) {
        return names.follow(column, row(before), row(after), AT);
    }

    /** From {@code key=value}. */
    private static Object @Nullable [] row(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split("=", 2);
        return new Object[] {Long.parseLong(parts[0]), parts[1]};
    }

    private static @Nullable String device(KnownNames names, long item) {
        return new RowMapper(names.mappings().get(0)).map(new Object[] {item, 1L, 2.0})
                        instanceof RowMapper.Mapped mapped
                ? mapped.row().device().path()
                : null;
    }

    private static void item(KnownNames names, long item, String host, String key) {
        assertThat(take(names, HOST_OF_ITEM, null, item + "=" + host)).isEmpty();
        assertThat(take(names, KEY_OF_ITEM, null, item + "=" + key)).isEmpty();
    }

    @Test
    void newKeysAreTakenAndOthersKeepTheirNames() {
        KnownNames names = names(COLUMNS, List.of());
        assertThat(device(names, 7)).isEqualTo("root.z.web.cpu");
        assertThat(device(names, 9)).isNull();

        item(names, 9, "3", "cpu");
        assertThat(device(names, 9)).isNull();
        assertThat(names.takeLate()).isEmpty();
        assertThat(take(names, HOST, null, "3=gw")).isEmpty();
        names.named(0, new Object[] {9L, 1L, 2.0});

        assertThat(device(names, 9)).isEqualTo("root.z.gw.cpu");
        assertThat(take(names, KEY_OF_ITEM, null, "7=cpu")).isEmpty();
        assertThat(device(names, 7)).isEqualTo("root.z.web.cpu");
    }

    @Test
    void rowsThatWaitedForTheirNamesAreTold() {
        KnownNames names = names(COLUMNS, List.of());
        names.rejected(0, new Object[] {9L, 1L, 2.0});
        item(names, 9, "3", "cpu");
        assertThat(names.takeLate()).isEmpty();

        KnownNames restored = names(COLUMNS, names.stored());
        take(restored, HOST, null, "3=gw");

        assertThat(restored.takeLate()).containsExactly(new LateKey("item", "9", true));
        assertThat(restored.takeLate()).isEmpty();
    }

    /** The backfill has rejected them, and nobody remembers it. */
    @Test
    void rowsThatLackedTheEndOfTheirChainInTheBackfillAreToldToo() {
        KnownNames names =
                names(
                        List.of(
                                lookup("item.host", "items", OnRename.FAIL, Map.of("9", "3")),
                                lookup("item.key", "items", OnRename.FAIL, Map.of("9", "cpu")),
                                lookup("item.host.name", "hosts", OnRename.FAIL, Map.of())),
                        List.of());

        take(names, HOST, null, "3=gw");

        assertThat(names.takeLate()).containsExactly(new LateKey("item", "9", false));
    }

    @Test
    void anotherNameOfAKeyInUseStops() {
        KnownNames names = names(COLUMNS, List.of());
        assertRefused(ExitCode.JOB_FAILED, () -> take(names, KEY_OF_ITEM, "7=cpu", "7=load"))
                .hasMessageContaining(
                        "the name {item.key} of id 7 was changed in zbx.items at binlog.000003:157 from \"cpu\" to \"load\"")
                .hasMessageContaining("set on_rename: fork for iotdb.lookups.item ");
        assertRefused(ExitCode.JOB_FAILED, () -> take(names, HOST, "1=web", "1=www"))
                .hasMessageContaining("{item.host.name}")
                .hasMessageContaining("iotdb.lookups.item.host ");
        assertRefused(ExitCode.JOB_FAILED, () -> take(names, HOST_OF_ITEM, "7=1", "7=2"))
                .hasMessageContaining("from \"1\" to \"2\"");
        assertThat(device(names, 7)).isEqualTo("root.z.web.cpu");
    }

    @Test
    void aNameThatNoRowHasMayChange() {
        KnownNames names = names(COLUMNS, List.of());
        item(names, 9, "1", "mem");
        take(names, HOST, null, "3=gw");
        assertThat(take(names, KEY_OF_ITEM, "9=mem", "9=memory")).isEmpty();
        assertThat(take(names, HOST, "3=gw", "3=gate")).isEmpty();
        assertThat(device(names, 9)).isEqualTo("root.z.web.memory");

        names.named(0, new Object[] {9L, 1L, 2.0});
        assertRefused(ExitCode.JOB_FAILED, () -> take(names, KEY_OF_ITEM, "9=memory", "9=mem"))
                .hasMessageContaining("of id 9 was changed");
    }

    @Test
    void withForkItGoesOnUnderTheNewName() {
        KnownNames names = names(columns(OnRename.FORK), List.of());
        assertThat(take(names, HOST, "1=web", "1=www"))
                .containsExactly(
                        new NameChange(
                                "item.host.name", "zbx.hosts", "1", "web", "www", AT.toString()));
        assertThat(device(names, 7)).isEqualTo("root.z.www.cpu");
        assertThat(device(names(COLUMNS, names.stored()), 7)).isEqualTo("root.z.www.cpu");
    }

    @Test
    void aRowThatIsGoneLeavesItsNameUntilAnotherHasIt() {
        KnownNames names = names(COLUMNS, List.of());
        assertThat(take(names, KEY_OF_ITEM, "7=cpu", null))
                .containsExactly(
                        new NameChange("item.key", "zbx.items", "7", "cpu", "", AT.toString()));
        take(names, HOST_OF_ITEM, "7=1", null);
        assertThat(device(names, 7)).isEqualTo("root.z.web.cpu");

        KnownNames restored = names(COLUMNS, names.stored());
        item(restored, 10, "1", "cpu");
        assertThat(device(restored, 10)).isEqualTo("root.z.web.cpu");
        assertThat(device(restored, 7)).isEqualTo("root.z.web.cpu");
        Object[] former = {7L, 1L, 2.0};
        assertThat(restored.heir(0, former)).containsExactly(10L, 1L, 2.0);
        assertThat(names.heir(0, former)).isNull();
        assertThat(restored.heir(0, new Object[] {10L, 1L, 2.0})).isNull();
    }

    @Test
    void twoKeysOfOneNameStop() {
        KnownNames names = names(COLUMNS, List.of());
        take(names, HOST_OF_ITEM, null, "10=1");
        assertRefused(ExitCode.JOB_FAILED, () -> take(names, KEY_OF_ITEM, null, "10=cpu"))
                .hasMessageContaining(
                        "the change of id 10 in zbx.items at binlog.000003:157 gives two keys of {item.host.name}, {item.key} the same name")
                .hasMessageContaining("their rows could not be told apart");
    }

    /** As attributes they name no device: a change is a value of the devices of its key. */
    @Test
    void attributesChangeWithTheirNames() {
        List<LookupColumn> columns = columns(OnRename.FAIL);
        Map<String, LookupColumn> byReference = new HashMap<>();
        columns.forEach(column -> byReference.put(column.reference(), column));
        TableMapping mapping =
                new MappingBuilder("", "at")
                        .measurement("v")
                        .target(
                                new TargetTableConfig(
                                        "r",
                                        List.of(TagConfig.of("item")),
                                        List.of(
                                                TagConfig.of("item.host.name"),
                                                TagConfig.of("item.key"))))
                        .lookups(r -> Lookup.of(r, byReference::get, k -> java.util.Set.of()))
                        .plan(
                                TimePrecision.MS,
                                column("item", "bigint"),
                                column("at", "bigint"),
                                column("v", "double"));
        KnownNames names = new KnownNames(columns, List.of(mapping), List.of());

        assertThat(take(names, HOST, "1=web", "1=www")).isEmpty();
        assertThat(take(names, HOST_OF_ITEM, "8=2", "8=1")).isEmpty();
        assertThat(take(names, KEY_OF_ITEM, "7=cpu", "7=cpu")).isEmpty();
        assertThat(take(names, KEY_OF_ITEM, "8=cpu", null)).isEmpty();
        assertThat(take(names, KEY_OF_ITEM, null, "9=")).isEmpty();
        assertThat(names.takeAttributes())
                .containsExactly(
                        new AttributeName("item.host.name", "7", Optional.of("www")),
                        new AttributeName("item.host.name", "8", Optional.of("www")),
                        new AttributeName("item.key", "8", Optional.empty()));
        assertThat(names.takeAttributes()).isEmpty();
        assertThat(take(names, KEY_OF_ITEM, "7=cpu", "9=x")).isEmpty();
        assertThat(names.takeAttributes())
                .containsExactlyInAnyOrder(
                        new AttributeName("item.key", "7", Optional.empty()),
                        new AttributeName("item.key", "9", Optional.of("x")));
        assertThat(names.takeLate()).isEmpty();
        KnownNames again = new KnownNames(columns, List.of(mapping), names.stored());
        assertThat(again.stored()).isEqualTo(names.stored());
    }
}
