package io.iotdbmigrate.flink.cluster;

import java.net.URI;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;

/** The clients of Flink clusters that run already, in another process or elsewhere. */
public final class RestClients {
    private RestClients() {}

    /**
     * Opens one; the caller closes it.
     *
     * @param rest address of the REST API, e.g. {@code http://127.0.0.1:8081}
     */
    public static RestClusterClient<String> open(String rest) throws Exception {
        URI address = URI.create(rest);
        Configuration access = new Configuration();
        access.set(RestOptions.ADDRESS, address.getHost());
        access.set(RestOptions.PORT, address.getPort());
        return new RestClusterClient<>(access, "iotdb-migrate");
    }
}
