package io.iotdbmigrate.verify;

/**
 * The rows of a device in MySQL.
 *
 * @param rows all of them
 * @param points those that IoTDB should have: one of each time, without the empty and the rejected
 * @param empty rows with nothing but nulls
 * @param rejected rows that cannot be mapped
 */
public record SourceCount(long rows, long points, long empty, long rejected) {
    public static final SourceCount NONE = new SourceCount(0, 0, 0, 0);

    public SourceCount plus(SourceCount other) {
        return new SourceCount(
                rows + other.rows,
                points + other.points,
                empty + other.empty,
                rejected + other.rejected);
    }

    /** Counts rows that give way to another of the same time. */
    public long collapsed() {
        return rows - points - empty - rejected;
    }
}
