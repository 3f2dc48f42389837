package io.iotdbmigrate.config;

import io.iotdbmigrate.config.yaml.Secret;
import io.iotdbmigrate.config.yaml.YamlMap;
import io.iotdbmigrate.config.yaml.YamlValue;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code connections}. */
final class ConnectionsReader {
    private static final int MYSQL_PORT = 3306;
    private static final int IOTDB_PORT = 6667;
    private static final int MAX_PORT = 65535;
    private static final String NODES = "a list of host:port, such as [iotdb-1:6667, iotdb-2:6667]";

    /** Driver properties, in lower case, without which a value would be another one. */
    private static final Set<String> READING =
            Set.of(
                    "useserverprepstmts",
                    "emulateunsupportedpstmts",
                    "characterencoding",
                    "charactersetresults",
                    "connectiontimezone",
                    "servertimezone",
                    "forceconnectiontimezonetosession");

    private final YamlMap connections;

    ConnectionsReader(YamlMap root) {
        this.connections = root.section("connections", "mysql", "iotdb");
    }

    /**
     * @param cdc {@code mysql.cdc}, where the earlier proof of concept had the time zone
     */
    MySqlConfig mysql(YamlMap cdc) {
        YamlMap mysql =
                connections.section(
                        "mysql",
                        "host",
                        "port",
                        "user",
                        "password",
                        "database",
                        "time_zone",
                        "tls",
                        "properties",
                        "binlog_host",
                        "binlog_port");
        return new MySqlConfig(
                mysql.required("host", "the host name or address of the MySQL server"),
                mysql.integer("port", MYSQL_PORT, 1, MAX_PORT),
                mysql.required("user", "the MySQL user to connect as"),
                mysql.secret("password", ""),
                mysql.required("database", "the MySQL database that holds the tables"),
                timeZone(mysql, cdc),
                tls(mysql.section("tls", "mode", "ca_file", "cert_file", "key_file")),
                properties(mysql),
                binlog(mysql));
    }

    private static MySqlConfig.@Nullable Place binlog(YamlMap mysql) {
        String host = mysql.text("binlog_host", "the server that host is a replica of");
        if (host == null) {
            if (mysql.has("binlog_port")) {
                mysql.problem("binlog_port", "belongs to binlog_host, which is not set");
            }
            return null;
        }
        return new MySqlConfig.Place(host, mysql.integer("binlog_port", MYSQL_PORT, 1, MAX_PORT));
    }

    private static MySqlConfig.Tls tls(YamlMap tls) {
        PemFile cert = pem(tls, "cert_file");
        PemFile key = pem(tls, "key_file");
        if ((cert == null) != (key == null)) {
            tls.problem(
                    cert == null ? "key_file" : "cert_file",
                    "needs the other one, too: cert_file is the client's certificate and key_file"
                            + " its key");
        }
        return new MySqlConfig.Tls(
                tls.choice("mode", MySqlConfig.TlsMode.PREFERRED), pem(tls, "ca_file"), cert, key);
    }

    private static @Nullable PemFile pem(YamlMap tls, String key) {
        String path = tls.text(key, "the path of a PEM file");
        return path == null ? null : PemFile.of(path);
    }

    private static Map<String, String> properties(YamlMap mysql) {
        Map<String, String> properties = mysql.texts("properties");
        for (String name : properties.keySet()) {
            if (READING.contains(name.toLowerCase(Locale.ROOT))) {
                mysql.section("properties")
                        .problem(
                                name,
                                "decides how values are read, which iotdb-migrate does in one way"
                                        + " only; remove it");
            }
        }
        return properties;
    }

    private static ZoneId timeZone(YamlMap mysql, YamlMap cdc) {
        ZoneId zone = TimeZones.read(mysql.get("time_zone"));
        ZoneId olderName = TimeZones.read(cdc.get("server_time_zone"));
        if (zone != null && olderName != null && !zone.equals(olderName)) {
            cdc.problem(
                    "server_time_zone",
                    String.format(
                            "\"%s\" differs from connections.mysql.time_zone \"%s\", whose older"
                                    + " name it is; remove server_time_zone",
                            olderName, zone));
        }
        if (zone != null) {
            return zone;
        }
        return olderName != null ? olderName : ZoneId.of("UTC");
    }

    /**
     * Reads {@code iotdb}.
     *
     * @param database of the table model; null: the tree model
     */
    IotdbConfig iotdb(@Nullable String database) {
        YamlMap iotdb =
                connections.section("iotdb", "host", "port", "nodes", "user", "password", "tls");
        YamlMap tls = iotdb.section("tls", "enabled", "trust_store", "trust_store_password");
        String user = iotdb.text("user", "the IoTDB user to connect as");
        return new IotdbConfig(
                nodes(iotdb),
                user == null ? "root" : user,
                iotdb.secret("password", "root"),
                new IotdbConfig.Tls(
                        tls.bool("enabled", false),
                        tls.text("trust_store", "the path of a Java key store"),
                        trustStorePassword(tls)),
                database);
    }

    private static @Nullable Secret trustStorePassword(YamlMap tls) {
        return tls.has("trust_store_password") ? tls.secret("trust_store_password", "") : null;
    }

    private static List<String> nodes(YamlMap iotdb) {
        int port = iotdb.integer("port", IOTDB_PORT, 1, MAX_PORT);
        if (!iotdb.has("nodes")) {
            String host =
                    iotdb.required(
                            "host", "the host name or address of an IoTDB data node, or nodes");
            return List.of(host + ":" + port);
        }
        Set<String> nodes = new LinkedHashSet<>();
        if (iotdb.has("host")) {
            nodes.add(
                    iotdb.required("host", "the host name or address of an IoTDB data node")
                            + ":"
                            + port);
        }
        List<YamlValue> items = iotdb.list("nodes", NODES);
        for (YamlValue item : items) {
            String node = item.text("host:port, such as iotdb-1:6667");
            if (node != null && isHostAndPort(node)) {
                nodes.add(node);
            } else if (node != null) {
                item.refuse("is not host:port; write it as iotdb-1:6667");
            }
        }
        if (items.isEmpty()) {
            iotdb.problem("nodes", "names no node; write " + NODES);
        }
        return List.copyOf(nodes);
    }

    private static boolean isHostAndPort(String node) {
        int colon = node.lastIndexOf(':');
        String port = node.substring(colon + 1);
        return colon > 0
                && port.matches("\\d{1,5}")
                && Integer.parseInt(port) >= 1
                && Integer.parseInt(port) <= MAX_PORT;
    }
}
