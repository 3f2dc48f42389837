import java.util.Timer;
import java.util.TimerTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.cdc.connectors.mysql.source.MySqlSource;
import org.apache.flink.cdc.connectors.mysql.table.StartupOptions;
import org.apache.flink.cdc.debezium.JsonDebeziumDeserializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * PORT DATABASE LAST: a Flink job with the startup mode initial, which takes a snapshot of table m and then
 * follows the binlog. Prints the id of each row that it delivers, until that of LAST comes; fails if it does not
 * within two minutes.
 */
public class CdcSnapshot {
    private static final Pattern ID = Pattern.compile("\"after\":\\{\"id\":(\\d+)\\}");

    public static void main(String[] arguments) throws Exception {
        new Timer(true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                System.err.println("row " + arguments[2] + " has not come");
                                Runtime.getRuntime().halt(1);
                            }
                        },
                        120_000);
        MySqlSource<String> source =
                MySqlSource.<String>builder()
                        .hostname("127.0.0.1")
                        .port(Integer.parseInt(arguments[0]))
                        .username("finder")
                        .password("finder")
                        .databaseList(arguments[1])
                        .tableList(arguments[1] + ".m")
                        .serverTimeZone("UTC")
                        .startupOptions(StartupOptions.initial())
                        .deserializer(new JsonDebeziumDeserializationSchema(false))
                        .build();
        StreamExecutionEnvironment flink =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        new Configuration().set(RestOptions.BIND_PORT, "0"));
        flink.setParallelism(1);
        flink.enableCheckpointing(200); // the binlog is read when one is complete
        var rows =
                flink.fromSource(source, WatermarkStrategy.noWatermarks(), "mysql").executeAndCollect();
        String id = "";
        while (!id.equals(arguments[2])) {
            Matcher row = ID.matcher(rows.next());
            if (row.find()) {
                id = row.group(1);
                System.out.println(id);
            }
        }
        System.out.flush();
        Runtime.getRuntime().halt(0); // the job would never end
    }
}
