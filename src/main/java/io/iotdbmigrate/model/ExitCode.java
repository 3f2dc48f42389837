package io.iotdbmigrate.model;

/** What the process exits with; the contract of every command (see src/docs/operations.md). */
public enum ExitCode {
    DONE(0, "done, or both sides equal"),
    BUG(1, "a bug in this program; the log file has the stack trace"),
    USAGE(2, "wrong command line"),
    CONFIG(3, "the config file is not usable"),
    MYSQL(4, "MySQL is not usable"),
    IOTDB(5, "IoTDB is not usable"),
    JOB_FAILED(6, "the job failed"),
    DIFFERENT(7, "verify found differences"),
    NOT_SWITCHED(8, "cutover stopped, nothing switched"),
    NEEDS_PERSON(9, "cutover needs a person"),
    REJECTED_ROWS(10, "finished, but rows were rejected"),
    INTERRUPTED(130, "interrupted");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
