package io.iotdbmigrate.flink.cdc.binlog;

import static io.iotdbmigrate.mapping.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.mysql.CascadingKeys;
import io.iotdbmigrate.mysql.binlog.BinlogStatement;
import io.iotdbmigrate.mysql.dialect.MySql;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CascadesTest {
    private static final String DEFINITION =
            "CREATE TABLE `reading` (`dev` int, CONSTRAINT `of_device` FOREIGN KEY (`dev`)"
                    + " REFERENCES `device` (`id`) ON DELETE CASCADE)";
    private static final CascadingKeys.Key OF_DEVICE =
            new CascadingKeys.Key(
                    new TableId("plant", "reading"),
                    "of_device",
                    new TableId("plant", "device"),
                    "CASCADE",
                    "CASCADE",
                    Map.of(0, "dev"),
                    2);
    private static final CascadingKeys.Key OF_SITE =
            new CascadingKeys.Key(
                    new TableId("plant", "device"),
                    "of_site",
                    new TableId("plant", "site"),
                    "CASCADE",
                    "RESTRICT",
                    Map.of(0, "site"),
                    2);

    /**
     * A server.
     *
     * @param keys it has now
     * @param areLogged whether it logs what they change
     */
    private record Server(List<CascadingKeys.Key> keys, boolean areLogged)
            implements Cascades.KeyReader {
        @Override
        public List<CascadingKeys.Key> read() {
            return areLogged ? List.of() : keys;
        }
    }

    private static final Server WITHOUT_KEYS = new Server(List.of(), false);

    private static Cascades cascades(Cascades.KeyReader server, List<CascadingKeys.Key> before) {
        TableMapping mapping =
                new MappingBuilder("root.plant.{dev}", "at")
                        .measurement("a")
                        .plan(
                                TimePrecision.MS,
                                column("dev", "int"),
                                column("at", "bigint"),
                                column("a", "int"));
        return new Cascades(server, before, List.of(mapping), new MySql("8.0.33"));
    }

    private static BinlogStatement statement(String sql) {
        return BinlogStatement.parse("plant", sql);
    }

    private static void deletes(Cascades cascades, String parent) {
        tell(cascades, parent, 2);
        BitSet all = new BitSet();
        all.set(0, 2);
        DeleteRowsEventData rows = new DeleteRowsEventData();
        rows.setTableId(7);
        rows.setIncludedColumns(all);
        rows.setRows(List.<Serializable[]>of(new Serializable[] {1, 2}));
        cascades.deleted(rows, "binlog.1:4");
    }

    private static void tell(Cascades cascades, String parent, int columns) {
        cascades.told(map(parent, columns));
    }

    private static TableMapEventData map(String table, int columns) {
        TableMapEventData map = new TableMapEventData();
        map.setTableId(7);
        map.setDatabase("plant");
        map.setTable(table);
        map.setColumnTypes(new byte[columns]);
        return map;
    }

    @Test
    void aKeyOfTheDefinitionsCountsUntilItsDropIsRead() {
        Cascades cascades = cascades(WITHOUT_KEYS, statement(DEFINITION).keys().cascading());
        assertThatThrownBy(() -> deletes(cascades, "device"))
                .hasMessageContaining("by the foreign key of_device (ON DELETE CASCADE)");
        cascades.statement(statement("ALTER TABLE reading DROP FOREIGN KEY `of_device`"));
        deletes(cascades, "device");
        assertThat(cascades.keys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ALTER TABLE reading ADD CONSTRAINT k FOREIGN KEY (dev) REFERENCES line (id) ON UPDATE CASCADE ON DELETE SET NULL | line | k
            ALTER TABLE reading ADD COLUMN l INT, ADD FOREIGN KEY (l) REFERENCES plant.line (id) ON DELETE CASCADE | line |
            CREATE TABLE IF NOT EXISTS reading (a INT, FOREIGN KEY (a) REFERENCES x (id), CONSTRAINT `k` FOREIGN KEY (a) REFERENCES `line` (id) MATCH FULL ON DELETE SET DEFAULT) | line | k
            """)
    void aKeyThatCameAndWentCounts(String sql, String parent, String name) {
        Cascades cascades = cascades(WITHOUT_KEYS, List.of());
        cascades.statement(statement(sql));
        assertThatThrownBy(() -> deletes(cascades, parent))
                .hasMessageContaining("by the foreign key " + (name == null ? "" : name))
                .hasMessageContaining("ON DELETE ");
        deletes(cascades, "x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ALTER TABLE reading ADD CONSTRAINT k FOREIGN KEY (dev) REFERENCES line (id) ON UPDATE RESTRICT
            ALTER TABLE other ADD CONSTRAINT k FOREIGN KEY (dev) REFERENCES line (id) ON DELETE CASCADE
            CREATE TABLE line (reading INT, FOREIGN KEY (a) REFERENCES reading (dev) ON DELETE CASCADE)
            """)
    void othersDoNot(String sql) {
        Cascades cascades = cascades(WITHOUT_KEYS, List.of());
        cascades.statement(statement(sql));
        assertThat(cascades.keys()).isEmpty();
    }

    @Test
    void noneCountsWhereTheServerLogsThem() {
        Cascades cascades =
                cascades(
                        new Server(List.of(OF_DEVICE), true),
                        statement(DEFINITION).keys().cascading());
        cascades.statement(
                statement(
                        "ALTER TABLE reading ADD FOREIGN KEY (a) REFERENCES line (b)"
                                + " ON DELETE CASCADE"));
        assertThat(cascades.keys()).isEmpty();
    }

    /** Behind it, the number of a column is another one's: what it says would be wrong. */
    @Test
    void placesOfColumnsAreForgottenWhereTheParentHasOthers() {
        Cascades cascades = cascades(WITHOUT_KEYS, List.of(OF_DEVICE));
        tell(cascades, "device", 2);
        assertThat(cascades.updated(update(), "binlog.1:4")).isEmpty();
        tell(cascades, "device", 3);
        assertThatThrownBy(() -> cascades.updated(update(), "binlog.1:4"))
                .hasMessageContaining("were updated, and by the foreign key of_device");
        Cascades altered = cascades(WITHOUT_KEYS, List.of(OF_DEVICE));
        altered.statement(statement("ALTER TABLE device MODIFY id INT AFTER name"));
        tell(altered, "device", 2);
        assertThatThrownBy(() -> altered.updated(update(), "binlog.1:4"))
                .hasMessageContaining("were updated, and by the foreign key of_device");
    }

    /** The second of two columns changes. */
    private static UpdateRowsEventData update() {
        BitSet all = new BitSet();
        all.set(0, 2);
        UpdateRowsEventData rows = new UpdateRowsEventData();
        rows.setTableId(7);
        rows.setIncludedColumnsBeforeUpdate(all);
        rows.setIncludedColumns(all);
        rows.setRows(List.of(Map.entry(new Serializable[] {1, 2}, new Serializable[] {1, 3})));
        return rows;
    }

    /** They would have history erased that is kept, and stay in checkpoints for good. */
    @Test
    void aTableThatIsGoneTakesItsKeysAlong() {
        Cascades cascades = cascades(WITHOUT_KEYS, List.of(OF_DEVICE, OF_SITE));
        cascades.statement(statement("TRUNCATE TABLE reading"));
        assertThat(cascades.keys()).containsExactly(OF_DEVICE, OF_SITE);
        cascades.statement(statement("DROP TABLE IF EXISTS `other`, plant.`Reading`"));
        assertThat(cascades.keys()).isEmpty();
        deletes(cascades, "device");
        deletes(cascades, "site");
    }

    /** A dump does that: its child keeps the key, which holds for the next parent. */
    @Test
    void aKeyOutlivesItsParent() {
        Cascades cascades = cascades(WITHOUT_KEYS, List.of(OF_DEVICE));
        cascades.statement(statement("DROP TABLE device"));
        assertThat(cascades.keys()).containsExactly(OF_DEVICE.withoutColumns());
        Cascades made = cascades(new Server(List.of(OF_DEVICE), false), List.of());
        made.statement(statement("DROP TABLE device"));
        made.statement(statement("CREATE TABLE device (id INT PRIMARY KEY)"));
        assertThat(made.keys()).containsExactly(OF_DEVICE);
    }

    @Test
    void whatReachesNoMappedTableIsNotKept() {
        assertThat(cascades(WITHOUT_KEYS, List.of(OF_SITE)).keys()).isEmpty();
        Cascades cascades = cascades(WITHOUT_KEYS, List.of(OF_SITE, OF_DEVICE));
        assertThatThrownBy(() -> deletes(cascades, "site")).hasMessageContaining("of_site");
        cascades.statement(statement("ALTER TABLE reading DROP FOREIGN KEY of_device"));
        assertThat(cascades.keys()).isEmpty();
    }

    @Test
    void keysFollowTheNamesOfTables() {
        Cascades cascades = cascades(WITHOUT_KEYS, List.of(OF_DEVICE, OF_SITE));
        cascades.statement(statement("RENAME TABLE x TO y, device TO equipment"));
        deletes(cascades, "device");
        assertThatThrownBy(() -> deletes(cascades, "equipment"))
                .hasMessageContaining("by the foreign key of_device");
        assertThatThrownBy(() -> deletes(cascades, "site"))
                .hasMessageContaining(
                        "changes rows of plant.reading with them, by way of plant.equipment,");
        cascades.statement(statement("ALTER TABLE site RENAME TO location"));
        assertThatThrownBy(() -> deletes(cascades, "location")).hasMessageContaining("of_site");
    }

    @Test
    void aRenamingHasTheServerAsked() {
        List<CascadingKeys.Key> now = new ArrayList<>();
        Cascades cascades = cascades(new Server(now, false), List.of());
        now.add(OF_DEVICE);
        cascades.statement(statement("RENAME TABLE a TO b"));
        assertThat(cascades.keys()).isEmpty();
        cascades.statement(statement("RENAME TABLE reading TO old, fresh TO reading"));
        assertThat(cascades.keys()).containsExactly(OF_DEVICE);
    }

    @Test
    void aNameThatTheServerGaveIsAKeysWithoutOne() {
        Cascades cascades = cascades(WITHOUT_KEYS, List.of());
        String add = "ALTER TABLE reading ADD FOREIGN KEY (l) REFERENCES %s (id) ON DELETE CASCADE";
        cascades.statement(statement(add.formatted("line")));
        cascades.statement(statement("ALTER TABLE reading DROP FOREIGN KEY other"));
        assertThat(cascades.keys()).hasSize(1);
        cascades.statement(statement("ALTER TABLE reading DROP FOREIGN KEY reading_ibfk_1"));
        assertThat(cascades.keys()).isEmpty();
        cascades.statement(statement(add.formatted("line")));
        cascades.statement(statement(add.formatted("device")));
        cascades.statement(statement("ALTER TABLE reading DROP FOREIGN KEY reading_ibfk_2"));
        assertThat(cascades.keys()).hasSize(2);
    }

    @Test
    void theNameOfAnotherConstraintIsNotAKeys() {
        assertThat(
                        statement(
                                        "CREATE TABLE reading (id INT, CONSTRAINT pk PRIMARY KEY"
                                                + " (id), FOREIGN KEY (id) REFERENCES line (id) ON"
                                                + " DELETE CASCADE, l INT CONSTRAINT c REFERENCES"
                                                + " line (id) ON DELETE CASCADE)")
                                .keys()
                                .cascading())
                .extracting(CascadingKeys.Key::name)
                .containsExactly("", "c");
    }

    /** What the binlog has next is of the checkpoint's time. */
    @Test
    void placesOfACheckpointCountBeforeThoseOfNow() {
        CascadingKeys.Key now =
                new CascadingKeys.Key(
                        OF_DEVICE.child(),
                        OF_DEVICE.name(),
                        OF_DEVICE.parent(),
                        OF_DEVICE.onDelete(),
                        OF_DEVICE.onUpdate(),
                        Map.of(1, "dev"),
                        2);
        Server server = new Server(List.of(now), false);
        assertThat(cascades(server, List.of(OF_DEVICE)).keys()).containsExactly(OF_DEVICE);
        assertThat(cascades(server, List.of(OF_DEVICE.withoutColumns())).keys())
                .containsExactly(now);
    }

    /** Each question has a connection of its own. */
    @Test
    void theServerIsAskedForUnknownKeysOnly() {
        Cascades.KeyReader server =
                new Cascades.KeyReader() {
                    @Override
                    public List<CascadingKeys.Key> read() {
                        return List.of(OF_DEVICE);
                    }

                    @Override
                    public boolean areLogged() {
                        throw new AssertionError("asked");
                    }
                };
        assertThat(cascades(server, List.of(OF_DEVICE)).keys()).containsExactly(OF_DEVICE);
    }

    @Test
    void stopsAtCompressedRowsOfAParent() {
        RowEventCheck check =
                new RowEventCheck(
                        new TableMaps(List.of(), table -> null, Map.of()),
                        cascades(WITHOUT_KEYS, List.of(OF_DEVICE)),
                        new RowOrder(List.of(), Map.of(), table -> List.of(), table -> null));
        ChangePosition position = new ChangePosition("binlog.1", 4, 4, 0, 0);
        check.compressed(map("other", 2), position);
        assertThatThrownBy(() -> check.compressed(map("device", 2), position))
                .hasMessageContaining("the rows of plant.device")
                .hasMessageContaining("are compressed");
    }

    @Test
    void changesOfThemAreToldOnce() {
        Cascades cascades = cascades(new Server(List.of(OF_DEVICE), false), List.of());
        assertThat(cascades.news()).hasValueSatisfying(keys -> assertThat(keys).hasSize(1));
        assertThat(cascades.news()).isEmpty();
    }
}
