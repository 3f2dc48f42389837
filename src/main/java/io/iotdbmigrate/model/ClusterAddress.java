package io.iotdbmigrate.model;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Where the REST interface of a Flink cluster's JobManager is, as {@code --remote} names it.
 *
 * @param host name or address; an IPv6 address without brackets
 */
public record ClusterAddress(String host, int port) {
    private static final int DEFAULT_PORT = 8081;

    /**
     * Reads {@code host:8081}; the port may be left out, {@code http://} in front is allowed.
     *
     * @throws UserException exit code 2 if it is nothing of the kind
     */
    public static ClusterAddress parse(String text) {
        String authority = text.strip();
        if (authority.startsWith("http://")) {
            authority = authority.substring("http://".length());
        }
        if (authority.endsWith("/")) {
            authority = authority.substring(0, authority.length() - 1);
        }
        URI uri = uri(authority);
        if (uri == null || uri.getHost() == null || !authority.equals(uri.getRawAuthority())) {
            throw new UserException(
                    ExitCode.USAGE,
                    "--remote is "
                            + text
                            + ", but it must be host:port of a Flink cluster's REST interface, for"
                            + " example jobmanager:8081");
        }
        String host = uri.getHost();
        return new ClusterAddress(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
    }

    private static @Nullable URI uri(String authority) {
        try {
            URI uri = URI.create("http://" + authority);
            return uri.getUserInfo() == null && uri.getPort() <= 0xFFFF ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Tells whether it is this machine by its loopback interface. A name that is unknown is not.
     */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Returns {@code http://host:port}, without a slash at the end. */
    public String url() {
        return "http://" + this;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
