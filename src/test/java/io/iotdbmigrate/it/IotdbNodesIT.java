package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.config.IotdbConfig;
import io.iotdbmigrate.iotdb.IotdbSessions;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.testkit.Certificates;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Network;
import io.iotdbmigrate.testkit.Servers;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iotdb.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ways to IoTDB: several nodes of which some are away, and TLS. */
@ExtendWith(ServersExtension.class)
class IotdbNodesIT {
    private static final int ROWS = 40_000;

    /** Nothing listens there. */
    private static final String AWAY = "127.0.0.1:1";

    @TempDir Path folder;
    private TestDatabase database;
    private Servers servers;
    private Migration migration;

    @BeforeEach
    void fill(TestDatabase own) throws Exception {
        database = own;
        servers = own.servers();
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT, KEY (dev, ts))");
        database.insert("t", ROWS, "n, n % 7, n, n");
        migration =
                new Migration(
                        database,
                        folder.resolve("state"),
                        """
                        - table: t
                          device_field: dev
                          timestamp_field: ts
                          timestamp_unit: ms
                          device_template: DB.d{dev}
                          measurements: [{name: v}]
                        """,
                        "backfill: {chunk_rows: 2000}\nflink: {checkpoint_interval: 200ms}");
    }

    /** The first is down from the start, the second goes away meanwhile. */
    @Test
    void theNextNodeTakesOver() throws Exception {
        try (Network second = new Network(servers.iotdbHost(), servers.iotdbPort())) {
            String nodes =
                    "nodes: [%s, '127.0.0.1:%d', '%s:%d']"
                            .formatted(
                                    "'" + AWAY + "'",
                                    second.port(),
                                    servers.iotdbHost(),
                                    servers.iotdbPort());
            AtomicBoolean gone = new AtomicBoolean();

            BackfillOutcome outcome =
                    migration
                            .connectingToIotdb(nodes)
                            .run(
                                    false,
                                    progress -> {
                                        if (progress.tables().get(0).rows() > ROWS / 8
                                                && gone.compareAndSet(false, true)) {
                                            close(second);
                                        }
                                        return false;
                                    });

            assertThat(gone).isTrue();
            assertThat(outcome).isInstanceOf(BackfillOutcome.Finished.class);
        }
        assertThat(migration.contents()).isEqualTo(migration.expected());
    }

    private static void close(Network network) {
        try {
            network.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void tlsIsSpokenWithWhomIsTrusted() throws Exception {
        Certificates certificates = Certificates.selfSigned(folder, "server", "other");
        try (Network tls =
                new Network(servers.iotdbHost(), servers.iotdbPort(), certificates.tls("server"))) {
            String trusting = trusting(certificates, "server");

            migration.connectingToIotdb(at(tls.port()) + trusting).backfill();

            assertThat(migration.contents()).isEqualTo(migration.expected());
            assertRefused(at(tls.port()) + trusting(certificates, "other"), "trust_store");
            assertRefused(at(tls.port()) + "tls: {enabled: true}", "trust_store");
            assertRefused(at(tls.port()), "tls");
            assertRefused(at(servers.iotdbPort()) + trusting, "speak TLS");
        }
    }

    private static String at(int port) {
        return "host: 127.0.0.1, port: " + port + ", ";
    }

    private static String trusting(Certificates certificates, String store) {
        return "tls: {enabled: true, trust_store: '%s', trust_store_password: %s}"
                .formatted(certificates.path(store + ".p12"), Certificates.PASSWORD);
    }

    private void assertRefused(String place, String... words) throws Exception {
        IotdbConfig config =
                ConfigLoader.load("it.yml", migration.connectingToIotdb(place).yaml(), Map.of())
                        .iotdb();
        assertThatThrownBy(
                        () -> {
                            try (Session session = IotdbSessions.openOrExplain(config)) {
                                session.getTimeZone();
                            }
                        })
                .isInstanceOf(UserException.class)
                .hasMessageContainingAll(words);
    }
}
