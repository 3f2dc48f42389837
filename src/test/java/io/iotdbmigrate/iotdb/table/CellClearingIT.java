package io.iotdbmigrate.iotdb.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TableContents;
import io.iotdbmigrate.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.tsfile.write.record.Tablet;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single values that are cleared by a writer that dies on the way. */
@ExtendWith(ServersExtension.class)
class CellClearingIT {
    private static final String MAPPING =
            """
            - table: cell
              timestamp_field: at
              timestamp_unit: ms
              pivot: true
              measurements: [{name: '{reading}', field: v, type: INT32}]
            """;

    /** One that dies before its so manieth step. */
    private static final class Dying implements CellClearing.Rows {
        private final TableTarget target;
        private final TableMapping mapping;
        private final long requestBytes;
        private int left;

        Dying(TableTarget target, TableMapping mapping, int steps, long requestBytes) {
            this.target = target;
            this.requestBytes = requestBytes;
            this.mapping = mapping;
            this.left = steps;
        }

        private void step() throws IOException {
            if (left-- == 0) {
                throw new IOException("killed");
            }
        }

        @Override
        public void write(TabletBuffer buffer) throws IOException {
            step();
            target.write(buffer);
        }

        @Override
        public long requestBytes() {
            return requestBytes;
        }

        @Override
        public void insert(Tablet tablet) throws IOException {
            step();
            target.rows().insert(tablet);
        }

        /** Dies in the middle, too, where a reader sees values that were overwritten before. */
        @Override
        public void delete(String table, List<String> tags, Map<Device, long[]> times)
                throws IOException {
            step();
            target.write(cells(mapping, 10, "volt", 1, "amp", 1));
            step();
            target.rows().delete(table, tags, times);
        }

        @Override
        public void flush() throws IOException {
            step();
            target.rows().flush();
        }
    }

    private static Device device(String name) {
        return Device.of(new TagValues("cell", List.of("7", name)).text());
    }

    private static TabletBuffer cells(TableMapping mapping, long time, Object... values) {
        TabletBuffer buffer = new TabletBuffer(mapping);
        add(buffer, time, values);
        return buffer;
    }

    private static void add(TabletBuffer buffer, long time, Object... values) {
        for (int i = 0; i < values.length; i += 2) {
            Object[] cell = {values[i + 1]};
            buffer.add(new TargetRow(device((String) values[i]), time, cell));
        }
    }

    /** Steps: note, FLUSH, deletion in two halves, writing, FLUSH, the note's end; then none. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void noValueIsLostNorOlder(int steps, TestDatabase database, @TempDir Path state)
            throws Exception {
        MigrationConfig config = config(database, state);
        TableMapping mapping = MigrationPlan.of(config, List.of()).mappings().get(0);
        Map<Device, long[]> cleared = Map.of(device("ohm"), new long[] {10});
        try (TableTarget killed = target(config)) {
            killed.createDatabases(config.databases());
            killed.write(cells(mapping, 10, "volt", 1, "amp", 1, "ohm", 1));
            killed.write(cells(mapping, 11, "volt", 11));
            killed.flush(config.databases());
            killed.write(cells(mapping, 10, "amp", 2));
            CellClearing clearing =
                    new CellClearing(
                            retries(config),
                            database.name(),
                            new Dying(killed, mapping, steps, 1 << 20));
            if (steps < 7) {
                assertThatThrownBy(() -> clearing.clear(mapping, cleared, true))
                        .hasMessage("killed");
            } else {
                clearing.clear(mapping, cleared, true);
            }
        }
        try (TableTarget next = target(config)) {
            next.recover(mapping);
            assertThat(read(database)).contains("<10> <1> <2>");
            next.clear(mapping, List.of(0), cleared);
            // What was noted is no longer brought back once the clearing is through.
            next.write(cells(mapping, 10, "amp", 3));
            next.recover(mapping);
            next.flush(config.databases());
        }

        assertThat(TableContents.inIotdb(database, "cell", "time, volt, amp, ohm"))
                .containsExactly("<10> <1> <3> NULL", "<11> <11> NULL NULL");
        assertThat(TableContents.inIotdb(database, "_cells_cell WHERE number <> 0", "slot"))
                .isEmpty();
    }

    /**
     * The server answers an older value of a row of which the newest file has a part, see finding
     * iotdb-part-of-a-row-shows-older-values.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000})
    void rowsAreWrittenWithTheirOtherValues(
            long mostBytes, TestDatabase database, @TempDir Path state) throws Exception {
        MigrationConfig config = config(database, state);
        TableMapping mapping = MigrationPlan.of(config, List.of()).mappings().get(0);
        try (TableTarget target = target(config);
                Retries retries = retries(config)) {
            target.createDatabases(config.databases());
            for (long time = 2; time < 6; time++) {
                target.write(cells(mapping, time, "volt", 10, "ohm", 10));
            }
            target.flush(config.databases());
            target.update(cells(mapping, 3, "volt", 20));
            target.flush(config.databases());
            TabletBuffer buffer = cells(mapping, 2, "amp", 7);
            add(buffer, 3, "amp", 7, "new", 7);
            add(buffer, 4, "volt", 30);
            add(buffer, 9, "amp", 9);
            new CellUpdate(
                            new WholeRows(new CellReader(retries, database.name())),
                            new Dying(target, mapping, 10, mostBytes))
                    .write(buffer);
        }

        assertThat(TableContents.inIotdb(database, "cell", "time, volt, amp, ohm, \"new\""))
                .containsExactly(
                        "<2> <10> <7> <10> NULL",
                        "<3> <20> <7> <10> <7>",
                        "<4> <30> NULL <10> NULL",
                        "<5> <10> NULL <10> NULL",
                        "<9> NULL <9> NULL NULL");
    }

    private static MigrationConfig config(TestDatabase database, Path state) throws Exception {
        database.execute(
                "DROP TABLE IF EXISTS cell",
                "CREATE TABLE cell (dev INT, reading VARCHAR(20), at BIGINT, v INT, PRIMARY KEY"
                        + " (dev, reading, at))");
        return Migration.ofTables(database, state, MAPPING, "").config();
    }

    private static Iterable<String> read(TestDatabase database) throws Exception {
        return TableContents.inIotdb(database, "cell WHERE time = 10", "time, volt, amp");
    }

    private static Retries retries(MigrationConfig config) {
        return Retries.of(config.iotdb(), config.sink());
    }

    private static TableTarget target(MigrationConfig config) {
        return new TableTarget(retries(config), config.databases().get(0));
    }
}
