package io.iotdbmigrate.cli.report.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.iotdbmigrate.cli.report.html.HtmlTable.Column;
import j2html.tags.DomContent;
import java.util.List;

/** Lines of the file that a comparison writes its differences to, as a table. */
final class DifferenceLines {
    private static final JsonMapper JSON = new JsonMapper();

    private DifferenceLines() {}

    /**
     * Makes the table. A line that is cut off, as by a full disk, stands as it is.
     *
     * @param lines one JSON object each
     */
    static DomContent table(String id, List<String> lines) {
        HtmlTable table =
                new HtmlTable(
                        id,
                        Column.text("difference"),
                        Column.text("table"),
                        Column.text("device"),
                        Column.number("time"),
                        Column.text("column"),
                        Column.text("MySQL"),
                        Column.text("IoTDB"));
        for (String line : lines) {
            add(table, line);
        }
        return table.content();
    }

    private static void add(HtmlTable table, String line) {
        JsonNode difference;
        try {
            difference = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            difference = JsonNodeFactory.instance.objectNode().put("device", line);
        }
        JsonNode columns = difference.path("columns");
        for (int i = 0; i < Math.max(1, columns.size()); i++) {
            JsonNode column = columns.path(i);
            table.row(
                    HtmlTable.text(difference.path("kind").asText()),
                    HtmlTable.text(difference.path("table").asText()),
                    HtmlTable.value(difference.path("device").asText()),
                    HtmlTable.number(difference.path("time").asLong()),
                    HtmlTable.code(column.path("column").asText()),
                    HtmlTable.value(value(column.path("mysql"))),
                    HtmlTable.value(value(column.path("iotdb"))));
        }
    }

    private static String value(JsonNode value) {
        return value.isObject() ? value.path("value").asText() : "-";
    }
}
