import java.io.File;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * STARTS: starts that many embedded clusters, one after the other, and prints for each the name and the
 * bytes of every jar that java.io.tmpdir has while it runs.
 */
public class FlinkStart {
    public static void main(String[] arguments) throws Exception {
        for (int start = 0; start < Integer.parseInt(arguments[0]); start++) {
            MiniClusterConfiguration settings =
                    new MiniClusterConfiguration.Builder()
                            .setConfiguration(new Configuration().set(RestOptions.BIND_PORT, "0"))
                            .build();
            try (MiniCluster cluster = new MiniCluster(settings)) {
                cluster.start();
                for (File file : new File(System.getProperty("java.io.tmpdir")).listFiles()) {
                    if (file.getName().endsWith(".jar")) {
                        System.out.println(file.getName() + " " + file.length());
                    }
                }
            }
        }
        System.exit(0);
    }
}
