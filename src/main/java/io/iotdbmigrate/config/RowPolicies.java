package io.iotdbmigrate.config;

import java.io.Serializable;

/** The policies of a mapping for rows that change, vanish or come twice. */
public record RowPolicies(
        OnUpdate onUpdate,
        OnDelete onDelete,
        OnPartitionDrop onPartitionDrop,
        OnCascade onCascade,
        OnDuplicate onDuplicate)
        implements Serializable {

    /** What becomes of a point whose row is updated. */
    public enum OnUpdate {
        OVERWRITE,
        VERSION,
        IGNORE,
        FAIL
    }

    /** What becomes of a point whose row is deleted. */
    public enum OnDelete {
        DELETE,
        MARK,
        IGNORE,
        FAIL
    }

    /** What becomes of the rows of a partition that MySQL drops or truncates. */
    public enum OnPartitionDrop {
        FAIL,
        DELETE,
        IGNORE
    }

    /** What a replication does where a foreign key changes rows without MySQL logging them. */
    public enum OnCascade {
        FAIL,
        REREAD
    }

    /** Which of several rows with one (device, time) stands, by primary key order. */
    public enum OnDuplicate {
        LAST,
        FIRST,
        FAIL
    }

    /** A mapping that has policies. */
    public interface Holder {
        RowPolicies policies();

        default OnUpdate onUpdate() {
            return policies().onUpdate();
        }

        default OnDelete onDelete() {
            return policies().onDelete();
        }

        default OnPartitionDrop onPartitionDrop() {
            return policies().onPartitionDrop();
        }

        default OnCascade onCascade() {
            return policies().onCascade();
        }

        default OnDuplicate onDuplicate() {
            return policies().onDuplicate();
        }
    }
}
