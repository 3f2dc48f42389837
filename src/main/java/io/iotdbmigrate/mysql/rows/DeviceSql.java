package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.config.IotdbPath;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TallNames;
import io.iotdbmigrate.mapping.TemplateNode;
import io.iotdbmigrate.mapping.TreePath;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query over a table's devices: how many, and which have names that are special to IoTDB. */
final class DeviceSql {
    private static final String RESERVED =
            IotdbPath.RESERVED.stream()
                    .sorted()
                    .map(name -> "'" + name + "'")
                    .collect(Collectors.joining(", "));

    /** No node name has it: it stands between the nodes of an example. */
    private static final String SEPARATOR = "\u0001";

    private final TableMapping mapping;
    private final List<TemplateNode> nodes;

    /**
     * @param nodes those of the template that have columns
     */
    DeviceSql(TableMapping mapping, List<TemplateNode> nodes) {
        this.mapping = mapping;
        this.nodes = nodes;
    }

    /**
     * Answers one row: devices, those to be quoted, one of them, rows of those that cannot be, one
     * of them.
     */
    String query(String source, String noDevice) {
        List<String> names = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            names.add("n" + i);
            columns.add("MIN(" + CountSql.nodeName(mapping, nodes.get(i)) + ") AS n" + i);
        }
        String byDevice =
                "SELECT "
                        + String.join(", ", columns)
                        + ", COUNT(*) AS row_count FROM "
                        + source
                        + " WHERE NOT "
                        + noDevice
                        + " GROUP BY "
                        + String.join(", ", CountSql.deviceIdentity(mapping));
        String judged =
                "SELECT row_count, CONCAT_WS(_utf8mb4 x'01', "
                        + String.join(", ", names)
                        + ") AS path, "
                        + any(names, "NOT (%s REGEXP '^[A-Za-z_][A-Za-z0-9_]*$')")
                        + " AS quoted, "
                        + illegal(names)
                        + " AS illegal FROM ("
                        + byDevice
                        + ") AS d";
        return "SELECT COUNT(*), COALESCE(SUM(quoted), 0), MIN(CASE WHEN quoted THEN path END),"
                + " COALESCE(SUM(CASE WHEN illegal THEN row_count END), 0),"
                + " MIN(CASE WHEN illegal THEN path END) FROM ("
                + judged
                + ") AS j";
    }

    private String illegal(List<String> names) {
        String nodes =
                "CAST(LOWER(%1$s) AS BINARY) IN ("
                        + RESERVED
                        + ") OR LOCATE(x'09', %1$s) > 0 OR LOCATE(x'0a', %1$s) > 0";
        TallNames tall = mapping.tall();
        if (tall == null) {
            return any(names, nodes);
        }
        int last = names.size() - 1;
        String row = TallSql.isIllegal(tall, names.get(last), RESERVED);
        return last == 0
                ? "(" + row + ")"
                : "(" + any(names.subList(0, last), nodes) + " OR " + row + ")";
    }

    private static String any(List<String> names, String condition) {
        return names.stream()
                .map(name -> condition.formatted(name))
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    /** Returns the device path that an example stands for. */
    static @Nullable String path(DeviceTemplate template, @Nullable String example) {
        if (example == null) {
            return null;
        }
        Iterator<String> names = List.of(example.split(SEPARATOR, -1)).iterator();
        return TreePath.of(
                template.nodes().stream()
                        .map(node -> node.isFixed() ? node.fixedText() : names.next())
                        .toList());
    }
}
