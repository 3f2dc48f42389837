package io.iotdbmigrate.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.verify.Difference.Cell;
import io.iotdbmigrate.verify.Difference.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A difference as JSON; the form of {@code differences.jsonl} and of {@code --output json}. */
public final class DifferenceJson {
    private DifferenceJson() {}

    /**
     * @param tables names of the tables that are compared
     */
    public static ObjectNode of(Difference difference, List<String> tables) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", difference.kind())
                .put("table", tables.get(difference.key().table()))
                .put("device", difference.key().device())
                .put("time", difference.key().time());
        ArrayNode columns = node.putArray("columns");
        for (Cell cell : difference.cells()) {
            ObjectNode column = columns.addObject().put("column", cell.column());
            put(column, "mysql", cell.mysql());
            put(column, "iotdb", cell.iotdb());
        }
        return node;
    }

    private static void put(ObjectNode column, String side, @Nullable Value value) {
        if (value == null) {
            column.putNull(side);
        } else {
            column.putObject(side)
                    .put("type", value.type().name())
                    .put("value", ValueText.of(value));
        }
    }
}
