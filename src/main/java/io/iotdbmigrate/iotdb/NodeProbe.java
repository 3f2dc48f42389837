package io.iotdbmigrate.iotdb;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import org.apache.iotdb.rpc.IoTDBConnectionException;

/**
 * A probe whether a data node takes connections. The client waits for a connection as long as for
 * an answer, which may take minutes: a network that swallows everything would hold it up for that.
 */
final class NodeProbe {
    private NodeProbe() {}

    /**
     * Makes sure that a node can be connected to.
     *
     * @param node {@code host:port}
     * @throws IoTDBConnectionException if it cannot
     */
    static void require(String node, int timeoutMillis) throws IoTDBConnectionException {
        try {
            connect(node, timeoutMillis);
        } catch (IOException e) {
            throw new IoTDBConnectionException(e.getMessage(), e);
        }
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
