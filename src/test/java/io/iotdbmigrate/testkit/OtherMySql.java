package io.iotdbmigrate.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** A MySQL of another version, beside the servers of this JVM, by {@code scripts/sandbox}. */
final class OtherMySql implements CloseableResource {
    private final @Nullable Sandbox sandbox;
    private final Map<String, String> addresses;
    private final String failure;

    private OtherMySql(@Nullable Sandbox sandbox, Map<String, String> addresses, String failure) {
        this.sandbox = sandbox;
        this.addresses = addresses;
        this.failure = failure;
    }

    /** Tries to start it. */
    static OtherMySql start(OnMySql wanted) {
        String version = wanted.value();
        Path folder =
                Path.of(System.getProperty("iotdbmigrate.sandbox", "target"))
                        .toAbsolutePath()
                        .resolve(
                                System.getProperty("iotdbmigrate.jvm", "jvm")
                                        + "-mysql-"
                                        + version
                                        + Stream.of(wanted.options())
                                                .map(option -> "-" + option.replaceAll("\\W", "-"))
                                                .collect(Collectors.joining()));
        Sandbox sandbox = new Sandbox(folder);
        try {
            return new OtherMySql(sandbox, sandbox.upMysql(version, wanted.options()), "");
        } catch (IllegalStateException e) {
            return new OtherMySql(null, Map.of(), "MySQL " + version + ": " + e.getMessage());
        }
    }

    /** Says why it does not run; empty if it does. */
    String failure() {
        return failure;
    }

    /** Returns the servers of this JVM with this MySQL in the place of theirs. */
    Servers with(Servers servers) {
        if (sandbox == null) {
            throw new IllegalStateException(failure);
        }
        return servers.withMysql(addresses, new MysqlOfAnother(sandbox, servers.control()));
    }

    @Override
    public void close() {
        if (sandbox != null) {
            sandbox.down();
        }
    }

    /** Two sandboxes as one. */
    record MysqlOfAnother(Sandbox mysql, ServerControl rest) implements ServerControl {
        private ServerControl of(Server server) {
            return server == Server.MYSQL ? mysql : rest;
        }

        @Override
        public void stop(Server server) {
            of(server).stop(server);
        }

        @Override
        public void kill(Server server) {
            of(server).kill(server);
        }

        @Override
        public void start(Server server) {
            of(server).start(server);
        }

        @Override
        public void renewMysqlIdentity() {
            mysql.renewMysqlIdentity();
        }

        @Override
        public Path visibleToMysql(Path folder) {
            return mysql.visibleToMysql(folder);
        }

        @Override
        public String startFlink() {
            return rest.startFlink();
        }

        @Override
        public void stopFlink() {
            rest.stopFlink();
        }

        @Override
        public String flinkLogs() throws IOException {
            return rest.flinkLogs();
        }
    }
}
