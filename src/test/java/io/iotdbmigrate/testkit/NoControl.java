package io.iotdbmigrate.testkit;

import java.nio.file.Path;

/** For servers of which only the addresses are known. */
record NoControl() implements ServerControl {
    @Override
    public void stop(Server server) {
        throw refusal(server);
    }

    @Override
    public void kill(Server server) {
        throw refusal(server);
    }

    @Override
    public void start(Server server) {
        throw refusal(server);
    }

    @Override
    public void renewMysqlIdentity() {
        throw refusal(Server.MYSQL);
    }

    @Override
    public Path visibleToMysql(Path folder) {
        throw refusal(Server.MYSQL);
    }

    @Override
    public String startFlink() {
        throw refusal(Server.FLINK_TASK_MANAGER);
    }

    @Override
    public void stopFlink() {
        throw refusal(Server.FLINK_TASK_MANAGER);
    }

    @Override
    public String flinkLogs() {
        throw new UnsupportedOperationException("where Flink logs is not known");
    }

    private static UnsupportedOperationException refusal(Server server) {
        return new UnsupportedOperationException(
                "cannot stop or start " + server.sandboxName() + ": SANDBOX_DIR is not set");
    }
}
