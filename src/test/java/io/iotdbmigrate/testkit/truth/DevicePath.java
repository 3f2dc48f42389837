package io.iotdbmigrate.testkit.truth;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The path of a device, made of a template with columns in braces. */
final class DevicePath {
    private static final Pattern NODE = Pattern.compile("(?:`[^`]*`|[^.`])+");
    private static final Pattern COLUMN = Pattern.compile("\\{([^}]+)}");

    /** What IoTDB 2.0.1 answers without backticks; the range holds the Han characters. */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_\u2E80-\u9FFF][0-9A-Za-z_\u2E80-\u9FFF]*");

    private final List<String> nodes;
    private final List<String> columns;

    DevicePath(String template) {
        nodes = NODE.matcher(template).results().map(MatchResult::group).toList();
        columns = COLUMN.matcher(template).results().map(r -> r.group(1)).distinct().toList();
    }

    /** Lists the columns in the braces, each once. */
    List<String> columns() {
        return columns;
    }

    /** Writes the path as IoTDB answers it. */
    String of(Map<String, String> values) {
        return nodes.stream()
                .map(node -> node.replace("`", ""))
                .map(
                        node ->
                                COLUMN.matcher(node)
                                        .replaceAll(
                                                c ->
                                                        Matcher.quoteReplacement(
                                                                values.get(c.group(1)))))
                .map(DevicePath::quote)
                .collect(Collectors.joining("."));
    }

    /** Quotes a node or a measurement as IoTDB answers it. */
    static String quote(String name) {
        return PLAIN.matcher(name).matches() ? name : "`" + name.replace("`", "``") + "`";
    }
}
