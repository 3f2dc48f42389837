package io.iotdbmigrate.mysql.binlog;

/**
 * Arithmetic of offsets in one binlog file. An event's header has 32 bits for its end, so a file
 * that one transaction makes larger than 4 GiB has ends that begin at 0 again.
 */
public final class BinlogOffsets {
    private static final long WRAP = 1L << 32;

    /** The first offset at which a replica cannot begin to read: it asks in 32 bits, too. */
    public static final long UNREACHABLE = WRAP;

    private BinlogOffsets() {}

    /**
     * Returns the offset that a header means.
     *
     * @param known an offset in the file that the wanted one does not lie before
     * @param header the lower 32 bits of the wanted one
     */
    public static long atOrBehind(long known, long header) {
        long missing = known - header;
        return missing <= 0 ? header : header + (missing + WRAP - 1) / WRAP * WRAP;
    }
}
