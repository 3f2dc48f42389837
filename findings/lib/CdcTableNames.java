import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.history.TableChanges.TableChange;
import io.debezium.relational.history.TableChanges.TableChangeType;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import org.apache.flink.cdc.connectors.mysql.source.offset.BinlogOffset;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlBinlogSplit;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlSplitSerializer;

/**
 * NAME...: writes the state of a reader of the binlog that follows one table, reads it again, and prints for
 * each name what came of it. "database NAME" is the name of a database, all others are those of tables.
 */
public class CdcTableNames {
    public static void main(String[] names) throws Exception {
        for (String name : names) {
            System.out.println(name + ": " + writtenAndRead(name));
        }
        System.exit(0);
    }

    private static String writtenAndRead(String name) throws Exception {
        TableId id =
                name.startsWith("database ")
                        ? new TableId(name.substring("database ".length()), null, "t")
                        : new TableId("plant", null, name);
        Column column = Column.editor().name("id").type("INT").jdbcType(Types.INTEGER).create();
        Table table =
                Table.editor().tableId(id).addColumn(column).setPrimaryKeyNames("id").create();
        MySqlBinlogSplit state =
                new MySqlBinlogSplit(
                        "binlog-split",
                        BinlogOffset.ofBinlogFilePosition("binlog.000001", 4),
                        BinlogOffset.ofNonStopping(),
                        List.of(),
                        Map.of(id, new TableChange(TableChangeType.CREATE, table)),
                        0);
        MySqlSplitSerializer serializer = new MySqlSplitSerializer();
        byte[] written = serializer.serialize(state);
        try {
            boolean same =
                    serializer
                            .deserialize(serializer.getVersion(), written)
                            .asBinlogSplit()
                            .getTableSchemas()
                            .keySet()
                            .equals(state.getTableSchemas().keySet());
            return same ? "read" : "another table is read";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
