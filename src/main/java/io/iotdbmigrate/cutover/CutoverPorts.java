package io.iotdbmigrate.cutover;

/** All that a cutover works with. */
public record CutoverPorts(
        CdcJob replication,
        WriteGate gate,
        Binlog binlog,
        Verification verification,
        Hooks hooks,
        CutoverJournal journal,
        CutoverLock lock,
        Clock clock)
        implements AutoCloseable {

    /** Lets go of connections. A pause that lives on a connection ends with it. */
    @Override
    public void close() {
        gate.close();
        verification.close();
        replication.close();
        journal.close();
    }
}
