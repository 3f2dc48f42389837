import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.iotdb.isession.ITableSession;
import org.apache.iotdb.session.TableSessionBuilder;
import org.apache.tsfile.enums.ColumnCategory;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.utils.Binary;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.apache.tsfile.write.schema.MeasurementSchema;

/** PORT: writes rows of two devices, each in order of time, and prints the tablet afterwards. */
public class IotdbTabletSort {
    public static void main(String[] arguments) throws Exception {
        try (ITableSession session =
                new TableSessionBuilder()
                        .nodeUrls(List.of("127.0.0.1:" + arguments[0]))
                        .username("root")
                        .password("root")
                        .build()) {
            session.executeNonQueryStatement("CREATE DATABASE sorted");
            session.executeNonQueryStatement("USE sorted");
            session.executeNonQueryStatement("CREATE TABLE t (d STRING TAG, v INT64 FIELD)");
            List<IMeasurementSchema> schemas =
                    List.of(
                            new MeasurementSchema("d", TSDataType.STRING),
                            new MeasurementSchema("v", TSDataType.INT64));
            long[] times = {1, 2, 3, 1, 2, 3};
            Binary[] devices = new Binary[6];
            for (int i = 0; i < 6; i++) {
                devices[i] = new Binary(i < 3 ? "a" : "b", StandardCharsets.UTF_8);
            }
            Tablet tablet =
                    new Tablet(
                            "t",
                            schemas,
                            List.of(ColumnCategory.TAG, ColumnCategory.FIELD),
                            times,
                            new Object[] {devices, new long[] {10, 20, 30, 40, 50, 60}},
                            null,
                            6);
            session.insert(tablet);
            System.out.println(
                    Arrays.toString(tablet.getTimestamps())
                            + " "
                            + Arrays.toString((Object[]) tablet.getValues()[0])
                            + " "
                            + Arrays.toString((long[]) tablet.getValues()[1]));
        }
        System.exit(0);
    }
}
