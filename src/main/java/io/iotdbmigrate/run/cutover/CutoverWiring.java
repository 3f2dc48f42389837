package io.iotdbmigrate.run.cutover;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CdcJob;
import io.iotdbmigrate.cutover.Clock;
import io.iotdbmigrate.cutover.CutoverPorts;
import io.iotdbmigrate.cutover.HookGate;
import io.iotdbmigrate.cutover.Hooks;
import io.iotdbmigrate.cutover.ManualGate;
import io.iotdbmigrate.cutover.Person;
import io.iotdbmigrate.cutover.ProcessHooks;
import io.iotdbmigrate.cutover.Verification;
import io.iotdbmigrate.cutover.WriteGate;
import io.iotdbmigrate.journal.CutoverEntries;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.binlog.CountedTables;
import io.iotdbmigrate.mysql.binlog.MappedEvents;
import io.iotdbmigrate.mysql.gate.NamedLock;
import io.iotdbmigrate.mysql.gate.OpenWriters;
import io.iotdbmigrate.mysql.gate.ReadOnlyGate;
import io.iotdbmigrate.mysql.gate.TableLockGate;
import java.util.List;
import java.util.stream.Collectors;

/** The wiring that puts the real servers behind the ports of a cutover. */
public final class CutoverWiring {
    private CutoverWiring() {}

    /** Connects to nothing yet; the caller closes it. */
    public static CutoverPorts ports(
            MigrationConfig config, Person person, CdcJob replication, Verification verification) {
        List<String> tables = config.mappedTables().stream().distinct().toList();
        Hooks hooks = new ProcessHooks();
        return new CutoverPorts(
                replication,
                gate(config, tables, hooks, person),
                new MappedEvents(config.mysql(), config.name(), counted(config, tables)),
                verification,
                hooks,
                new CutoverEntries(config.iotdb(), config.name()),
                new NamedLock(config.mysql(), config.name()),
                Clock.system());
    }

    private static CountedTables counted(MigrationConfig config, List<String> tables) {
        String usual = config.mysql().database();
        return new CountedTables(
                tables.stream().map(t -> TableId.named(t, usual)).collect(Collectors.toSet()),
                table -> config.isByPattern(table.database(), table.table()));
    }

    private static WriteGate gate(
            MigrationConfig config, List<String> tables, Hooks hooks, Person person) {
        OpenWriters writers = new OpenWriters(config.mysql(), config.name());
        return switch (config.cutover().pause()) {
            case READ_ONLY -> new ReadOnlyGate(config.mysql(), config.name(), false);
            case SUPER_READ_ONLY -> new ReadOnlyGate(config.mysql(), config.name(), true);
            case LOCK_TABLES -> new TableLockGate(config.mysql(), config.name(), tables);
            case HOOK -> new HookGate(config, hooks, writers);
            case MANUAL -> new ManualGate(person, writers);
        };
    }
}
