package io.iotdbmigrate.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code connections.iotdb}.
 *
 * @param nodes {@code host:port} of every data node to try, never empty
 */
public record IotdbConfig(List<String> nodes, String user, Secret password, Tls tls)
        implements Serializable {

    /** {@code connections.iotdb.tls}. */
    public record Tls(
            boolean enabled, @Nullable String trustStore, @Nullable Secret trustStorePassword)
            implements Serializable {}

    public IotdbConfig {
        nodes = List.copyOf(nodes);
    }

    /** Returns the nodes as one string, for messages. */
    public String address() {
        return String.join(", ", nodes);
    }
}
