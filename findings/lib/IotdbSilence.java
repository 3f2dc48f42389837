import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.session.Session;
import org.apache.iotdb.session.TableSessionBuilder;

/**
 * Opens sessions at an address that takes connections and never says a word, as a machine that has
 * stopped does. Argument: the time limit in ms. Prints how many times the limit each took.
 */
final class IotdbSilence {
    private static final List<Socket> CONNECTIONS = new ArrayList<>();

    private interface Opening {
        void open(String address, int limit) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        int limit = Integer.parseInt(arguments[0]);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread taking = new Thread(() -> take(silent));
            taking.setDaemon(true);
            taking.start();
            String address = "127.0.0.1:" + silent.getLocalPort();
            Opening tree =
                    (at, most) ->
                            new Session.Builder()
                                    .nodeUrls(List.of(at))
                                    .maxRetryCount(0)
                                    .build()
                                    .open(false, most);
            Opening table =
                    (at, most) ->
                            new TableSessionBuilder()
                                    .nodeUrls(List.of(at))
                                    .maxRetryCount(0)
                                    .connectionTimeoutInMs(most)
                                    .build();
            // The first one also loads the classes.
            timesTheLimit(tree, address, 100);
            System.out.println("tree: " + timesTheLimit(tree, address, limit));
            System.out.println("table: " + timesTheLimit(table, address, limit));
        }
    }

    private static void take(ServerSocket silent) {
        try {
            while (true) {
                CONNECTIONS.add(silent.accept());
            }
        } catch (IOException e) {
            // The main thread has closed it.
        }
    }

    private static long timesTheLimit(Opening opening, String address, int limit) throws Exception {
        long from = System.nanoTime();
        try {
            opening.open(address, limit);
            throw new IllegalStateException("it opened");
        } catch (IoTDBConnectionException e) {
            return Math.round((System.nanoTime() - from) / 1e6 / limit);
        }
    }
}
