package io.iotdbmigrate.iotdb;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeProbeTest {
    private static final int TIMEOUT_MILLIS = 300;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private ServerSocket listening() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(server);
        return server;
    }

    private static String address(ServerSocket server) {
        return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    private static String refusing() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return address(server);
        }
    }

    /** Linux lets packets fall that ask for a connection once too many wait to be accepted. */
    private String swallowing() throws IOException {
        ServerSocket server = listening();
        for (boolean taken = true; taken; ) {
            Socket socket = new Socket();
            open.add(socket);
            try {
                socket.connect(
                        new InetSocketAddress(server.getInetAddress(), server.getLocalPort()),
                        TIMEOUT_MILLIS);
            } catch (SocketTimeoutException e) {
                taken = false;
            }
        }
        return address(server);
    }

    @Test
    void aNodeThatListensCanBeReached() throws Exception {
        String good = address(listening());
        assertThatCode(() -> NodeProbe.require(good, TIMEOUT_MILLIS)).doesNotThrowAnyException();
    }

    @Test
    void saysWhyOneCannotBeReached() throws Exception {
        String refusing = refusing();
        String swallowing = swallowing();

        assertThatThrownBy(() -> NodeProbe.require(refusing, TIMEOUT_MILLIS))
                .isInstanceOf(IoTDBConnectionException.class)
                .hasMessage("Connection refused");
        assertThatThrownBy(() -> NodeProbe.require(swallowing, TIMEOUT_MILLIS))
                .isInstanceOf(IoTDBConnectionException.class)
                .hasMessageContaining("timed out");
        assertThatThrownBy(() -> NodeProbe.require("no-such-host.invalid:1", TIMEOUT_MILLIS))
                .isInstanceOf(IoTDBConnectionException.class)
                .hasMessage("unknown host no-such-host.invalid");
    }
}
