package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;

/** Sentences with which a replication stops in the binlog, exit code 6. */
final class Stops {
    private static final String NOTHING_APPLIED = "; nothing behind it was applied. ";
    private static final String COPY =
            "Copy the tables as they are now with iotdb-migrate backfill --restart, then start cdc"
                    + " again";

    private Stops() {}

    /**
     * Tells of a statement whose effect cannot be followed.
     *
     * @param what completes "the statement ..."
     */
    static UserException statement(String sql, Object position, String what) {
        return statement(sql, position, what, "");
    }

    /**
     * Tells of a statement whose effect cannot be followed, with what to do about its like.
     *
     * @param before a sentence that ends with a blank
     */
    static UserException statement(String sql, Object position, String what, String before) {
        return stop(
                "the statement \""
                        + sql.strip().replaceAll("\\s+", " ")
                        + "\" at "
                        + position
                        + " "
                        + what,
                before);
    }

    /**
     * Tells of rows that cannot be read.
     *
     * @param what completes "the rows ..."
     */
    static UserException rows(TableId table, Object position, String what) {
        return rows(table, position, what, "");
    }

    /**
     * Tells of rows that cannot be read, with what to do about their like.
     *
     * @param before a sentence that ends with a blank
     */
    static UserException rows(TableId table, Object position, String what, String before) {
        return stop("the rows of " + table + " at " + position + " " + what, before);
    }

    /** Describes what the binlog has there. */
    static UserException event(Object position, String what) {
        return stop("the binlog " + what + " at " + position, "");
    }

    private static UserException stop(String problem, String before) {
        return new UserException(ExitCode.JOB_FAILED, problem + NOTHING_APPLIED + before + COPY);
    }
}
