package io.iotdbmigrate.testkit;

/** A server that a test can stop and start. */
enum Server {
    MYSQL("mysql"),
    IOTDB("iotdb"),
    FLINK_TASK_MANAGER("flink-taskmanager");

    private final String sandboxName;

    Server(String sandboxName) {
        this.sandboxName = sandboxName;
    }

    /** The name that {@code scripts/sandbox stop} and {@code start} know it by. */
    String sandboxName() {
        return sandboxName;
    }
}
