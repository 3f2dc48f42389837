package io.iotdbmigrate.config;

import io.iotdbmigrate.config.yaml.Secret;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code connections.iotdb}, and which of IoTDB's two models sessions are for.
 *
 * @param nodes {@code host:port} of every data node to try, never empty
 * @param database {@code iotdb.database}, in lower case, of the table model; null: the tree model
 */
public record IotdbConfig(
        List<String> nodes, String user, Secret password, Tls tls, @Nullable String database)
        implements Serializable {

    /** {@code connections.iotdb.tls}. */
    public record Tls(
            boolean enabled, @Nullable String trustStore, @Nullable Secret trustStorePassword)
            implements Serializable {}

    public IotdbConfig {
        nodes = List.copyOf(nodes);
    }

    /** Makes one for the tree model. */
    public IotdbConfig(List<String> nodes, String user, Secret password, Tls tls) {
        this(nodes, user, password, tls, null);
    }

    /** Returns the same server in the tree model, where the journal is. */
    public IotdbConfig tree() {
        return new IotdbConfig(nodes, user, password, tls);
    }

    /** Returns the nodes as one string, for messages. */
    public String address() {
        return String.join(", ", nodes);
    }
}
