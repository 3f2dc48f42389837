import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.cdc.connectors.mysql.source.MySqlSource;
import org.apache.flink.cdc.connectors.mysql.table.StartupOptions;
import org.apache.flink.cdc.debezium.JsonDebeziumDeserializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * PORT DATABASE FILE:POSITION|GTIDS [KEY=VALUE...]: a Flink job that follows the binlog from there and prints
 * the "after" image of each row as JSON, until one of a table called "stop" comes.
 */
public class CdcProbe {
    public static void main(String[] arguments) throws Exception {
        StartupOptions start = start(arguments[2]);
        Properties properties = new Properties();
        for (int i = 3; i < arguments.length; i++) {
            String[] pair = arguments[i].split("=", 2);
            properties.setProperty(pair[0], pair[1]);
        }
        MySqlSource<String> source =
                MySqlSource.<String>builder()
                        .hostname("127.0.0.1")
                        .port(Integer.parseInt(arguments[0]))
                        .username("finder")
                        .password("finder")
                        .databaseList(arguments[1])
                        .tableList(arguments[1] + ".*")
                        .serverTimeZone("UTC")
                        .startupOptions(start)
                        .debeziumProperties(properties)
                        .deserializer(new JsonDebeziumDeserializationSchema(false))
                        .build();
        StreamExecutionEnvironment flink =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        new Configuration().set(RestOptions.BIND_PORT, "0"));
        flink.setParallelism(1);
        var events =
                flink.fromSource(source, WatermarkStrategy.noWatermarks(), "mysql").executeAndCollect();
        while (events.hasNext()) {
            String event = events.next();
            if (event.contains("\"table\":\"stop\"")) {
                break;
            }
            String after = event.substring(event.indexOf("\"after\":") + 8, event.indexOf(",\"source\":"));
            System.out.println(after);
        }
        System.out.flush();
        Runtime.getRuntime().halt(0); // the job would never end
    }

    private static StartupOptions start(String text) {
        int colon = text.indexOf(":");
        return colon == 36 // the length of a server's uuid
                ? StartupOptions.specificOffset(text)
                : StartupOptions.specificOffset(
                        text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    }
}
