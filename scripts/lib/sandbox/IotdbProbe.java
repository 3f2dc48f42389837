import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.session.Session;

import java.util.concurrent.TimeUnit;

/** Waits until an IoTDB cluster answers a query and all of its nodes are running. */
final class IotdbProbe {
    private IotdbProbe() {}

    /** Arguments: host, port, user, password, seconds to wait. Exits with 1 when time is up. */
    public static void main(String[] args) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(args[4]));
        String last = "no answer";
        while (System.nanoTime() < deadline) {
            try {
                if (isReady(args)) {
                    System.exit(0);
                }
                last = "not every node is running";
            } catch (Exception e) {
                last = String.valueOf(e.getMessage());
            }
            Thread.sleep(100);
        }
        System.err.println(last);
        System.exit(1);
    }

    private static boolean isReady(String[] args) throws Exception {
        Session session =
                new Session.Builder()
                        .host(args[0])
                        .port(Integer.parseInt(args[1]))
                        .username(args[2])
                        .password(args[3])
                        .enableRedirection(false)
                        .build();
        session.open(false, 2_000);
        try (SessionDataSet nodes = session.executeQueryStatement("show cluster")) {
            int status = nodes.getColumnNames().indexOf("Status");
            int running = 0;
            while (nodes.hasNext()) {
                if (!"Running".equals(nodes.next().getFields().get(status).getStringValue())) {
                    return false;
                }
                running++;
            }
            return running >= 2;
        } finally {
            session.close();
        }
    }
}
