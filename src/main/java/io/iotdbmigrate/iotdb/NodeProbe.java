package io.iotdbmigrate.iotdb;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.iotdb.rpc.IoTDBConnectionException;

/**
 * A probe that finds a data node that takes connections. The client waits for a connection as long
 * as for an answer, which may take minutes: a network that swallows everything would hold it up for
 * that.
 */
final class NodeProbe {
    private NodeProbe() {}

    /**
     * Finds the nodes from the first on that can be connected to.
     *
     * @param nodes {@code host:port}
     * @param timeoutMillis for each
     * @throws IoTDBConnectionException if there is none
     */
    static List<String> reachable(List<String> nodes, int timeoutMillis)
            throws IoTDBConnectionException {
        IOException failure = null;
        for (int i = 0; i < nodes.size(); i++) {
            try {
                connect(nodes.get(i), timeoutMillis);
                return nodes.subList(i, nodes.size());
            } catch (IOException e) {
                failure = e;
            }
        }
        throw new IoTDBConnectionException(requireNonNull(failure).getMessage(), failure);
    }

    private static void connect(String node, int timeoutMillis) throws IOException {
        int colon = node.lastIndexOf(':');
        String host = node.substring(0, colon);
        int port = Integer.parseInt(node.substring(colon + 1));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), timeoutMillis);
        } catch (UnknownHostException e) {
            throw new IOException("unknown host " + host, e);
        }
    }
}
