package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.Finding.Severity;
import io.iotdbmigrate.testkit.Certificates;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections to a MySQL with certificates of a private CA. */
@ExtendWith(ServersExtension.class)
class TlsIT {
    private static final List<String> SETTINGS = List.of("ssl_ca", "ssl_cert", "ssl_key");

    @TempDir Path folder;
    private TestDatabase database;
    private Certificates certificates;

    @Test
    void eachModeDoesWhatItSaysAndARefusalSaysWhy(TestDatabase own) throws Exception {
        database = own;
        certificates = Certificates.make(folder);
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT,"
                        + " UNIQUE (dev, ts))",
                "INSERT INTO t VALUES (1, 1, 1, 1)");
        List<String> before = settings();
        Path there = database.servers().visibleToMysql(folder);
        useCertificates(
                there.resolve("ca.pem").toString(),
                there.resolve("server.pem").toString(),
                there.resolve("server.key").toString());
        String user = database.name();
        database.execute(
                "CREATE USER " + user + " IDENTIFIED BY 'secret' REQUIRE X509",
                "GRANT ALL ON *.* TO " + user);
        try {
            verifies();
            refuses();
            copiesAndFollows(user);
        } finally {
            database.execute("DROP USER " + user);
            useCertificates(before.toArray(String[]::new));
        }
    }

    private List<String> settings() throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT @@GLOBAL." + String.join(", @@GLOBAL.", SETTINGS))) {
            row.next();
            return List.of(row.getString(1), row.getString(2), row.getString(3));
        }
    }

    private void useCertificates(String... files) throws SQLException {
        for (int i = 0; i < files.length; i++) {
            database.execute("SET GLOBAL " + SETTINGS.get(i) + " = '" + files[i] + "'");
        }
        database.execute("ALTER INSTANCE RELOAD TLS");
    }

    private Migration migration() {
        return new Migration(
                database,
                folder,
                Mappings.deviceTable("t", "DB.d{dev}", "v"),
                "flink: {checkpoint_interval: 200ms}");
    }

    private String tls(String mode, String ca) {
        return "tls: {mode: " + mode + ", ca_file: " + certificates.path(ca) + "}";
    }

    private void verifies() {
        for (String mode : List.of("verify_ca", "verify_identity")) {
            assertThat(mysql(check(migration().connecting(tls(mode, "ca.pem")))))
                    .as(mode)
                    .noneMatch(finding -> finding.severity() == Severity.ERROR);
        }
    }

    private void refuses() {
        assertRefused(
                "does not show a certificate of connections.mysql.tls.ca_file",
                tls("verify_ca", "other-ca.pem"));
        assertRefused(
                "shows a certificate for another name",
                "host: localhost",
                tls("verify_identity", "ca.pem"));
        assertThat(
                        mysql(
                                check(
                                        migration()
                                                .connecting(
                                                        "host: localhost",
                                                        tls("verify_ca", "ca.pem")))))
                .noneMatch(finding -> finding.severity() == Severity.ERROR);
        String user = database.name();
        database(user, "REQUIRE SSL");
        assertRefused(
                "accepts user " + user + " over TLS only",
                "user: " + user,
                "password: secret",
                "tls: {mode: disabled}");
        database(user, "REQUIRE X509");
        assertRefused(
                "connections.mysql.tls.cert_file",
                "user: " + user,
                "password: secret",
                tls("verify_ca", "ca.pem"));
        assertRefused(
                "connections.mysql.tls.ca_file: " + certificates.path("ca.p12"),
                tls("verify_ca", "ca.p12"));
    }

    private void database(String user, String requirement) {
        try {
            database.execute("ALTER USER " + user + " " + requirement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The user is one that shows a certificate of its own. */
    private void copiesAndFollows(String user) throws Exception {
        Migration migration =
                migration()
                        .connecting(
                                "user: " + user,
                                "password: secret",
                                "tls: {mode: verify_identity, ca_file: "
                                        + certificates.path("ca.pem")
                                        + ", cert_file: "
                                        + certificates.path("client.pem")
                                        + ", key_file: "
                                        + certificates.path("client.key")
                                        + "}");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute("INSERT INTO t VALUES (2, 1, 2, 2), (3, 1, 3, 3)");
            cdc.awaitApplied();
        }
        assertThat(migration.contents()).isEqualTo(migration.expected());
    }

    private static CheckReport check(Migration migration) {
        return Check.run(migration.config(), true, List.of());
    }

    private static List<Finding> mysql(CheckReport report) {
        return report.findings().stream().filter(f -> f.subject().startsWith("MySQL")).toList();
    }

    private void assertRefused(String words, String... connection) {
        CheckReport report = check(migration().connecting(connection));
        assertThat(mysql(report))
                .as(words)
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                            assertThat(finding.sentence()).contains(words);
                        });
        assertThat(report.exitCode()).isIn(ExitCode.MYSQL, ExitCode.CONFIG);
    }
}
