package io.iotdbmigrate.config;

import io.iotdbmigrate.config.yaml.Secret;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code connections.mysql}.
 *
 * @param timeZone zone in which DATETIME columns are to be read; never the JVM's
 * @param properties handed to the driver as they are
 * @param binlog where {@code binlog_host} says the binlog is; null: it is not set
 */
public record MySqlConfig(
        String host,
        int port,
        String user,
        Secret password,
        String database,
        ZoneId timeZone,
        Tls tls,
        Map<String, String> properties,
        @Nullable Place binlog)
        implements Serializable {

    /** {@code binlog_host} and {@code binlog_port}. */
    public record Place(String host, int port) implements Serializable {}

    /** Makes one of a server whose own binlog is followed. */
    public MySqlConfig(
            String host,
            int port,
            String user,
            Secret password,
            String database,
            ZoneId timeZone,
            Tls tls,
            Map<String, String> properties) {
        this(host, port, user, password, database, timeZone, tls, properties, null);
    }

    /**
     * {@code connections.mysql.tls}.
     *
     * @param ca certificates to trust; null: those that Java trusts
     * @param cert the client's own, with those between it and the CA; null if it has none
     * @param key of {@code cert}
     */
    public record Tls(
            TlsMode mode, @Nullable PemFile ca, @Nullable PemFile cert, @Nullable PemFile key)
            implements Serializable {

        /** Makes one without files. */
        public Tls(TlsMode mode) {
            this(mode, null, null, null);
        }
    }

    public enum TlsMode {
        DISABLED,
        PREFERRED,
        REQUIRED,
        VERIFY_CA,
        VERIFY_IDENTITY
    }

    public MySqlConfig {
        properties = Map.copyOf(properties);
    }

    /** Spells the database otherwise. */
    MySqlConfig spelling(UnaryOperator<String> names) {
        return new MySqlConfig(
                host,
                port,
                user,
                password,
                names.apply(database),
                timeZone,
                tls,
                properties,
                binlog);
    }

    /** Returns the server whose binlog is followed. It has the newest rows, too. */
    public MySqlConfig origin() {
        return binlog == null
                ? this
                : new MySqlConfig(
                        binlog.host(),
                        binlog.port(),
                        user,
                        password,
                        database,
                        timeZone,
                        tls,
                        properties,
                        binlog);
    }

    /** Tells whether rows are read from another server than the binlog. */
    public boolean isReadOnlySource() {
        return binlog != null && !binlog.equals(new Place(host, port));
    }

    /** Names the key that the host was set by, for messages. */
    public String hostKey() {
        return "connections.mysql." + prefix() + "host";
    }

    /** Names the keys that the address was set by, for messages. */
    public String placeKeys() {
        return hostKey() + " and " + prefix() + "port";
    }

    /** Returns that of the keys of the server whose binlog is followed. */
    private String prefix() {
        return binlog == null || isReadOnlySource() ? "" : "binlog_";
    }

    /** Returns {@code host:port}, for messages. */
    public String address() {
        return host + ":" + port;
    }

    /** Shows the names of the driver properties only: their values may be secret. */
    @Override
    public String toString() {
        return String.format(
                "MySqlConfig[%s, user=%s, password=%s, database=%s, timeZone=%s, tls=%s,"
                        + " properties=%s, binlog=%s]",
                address(), user, password, database, timeZone, tls, properties.keySet(), binlog);
    }
}
