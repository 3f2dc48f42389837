package io.iotdbmigrate.mysql.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.mapping.NamePattern;
import io.iotdbmigrate.mapping.TallNames;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** SQL that tells which names of rows no measurement of a tall table can have. */
final class TallSql {
    private TallSql() {}

    /**
     * Writes the condition.
     *
     * @param name an expression: what the row is named by
     * @param reserved names that IoTDB keeps for itself, quoted, with commas between
     */
    static String isIllegal(TallNames names, String name, String reserved) {
        List<String> conditions = new ArrayList<>();
        conditions.add("LOCATE(x'09', " + name + ") > 0 OR LOCATE(x'0a', " + name + ") > 0");
        for (NamePattern own : names.own()) {
            String measurement =
                    "CONCAT("
                            + literal(own.before())
                            + ", "
                            + name
                            + ", "
                            + literal(own.behind())
                            + ")";
            conditions.add("CAST(LOWER(" + measurement + ") AS BINARY) IN (" + reserved + ")");
            for (NamePattern before : names.all().subList(0, names.all().indexOf(own))) {
                conditions.add(matches(before, measurement));
            }
        }
        return "(" + String.join(") OR (", conditions) + ")";
    }

    private static String matches(NamePattern pattern, String measurement) {
        String binary = "CAST(" + measurement + " AS BINARY)";
        int before = pattern.before().getBytes(UTF_8).length;
        if (pattern.fixed()) {
            return binary + " = " + bytes(pattern.before());
        }
        int behind = pattern.behind().getBytes(UTF_8).length;
        return "LENGTH("
                + measurement
                + ") > "
                + (before + behind)
                + " AND LEFT("
                + binary
                + ", "
                + before
                + ") = "
                + bytes(pattern.before())
                + " AND RIGHT("
                + binary
                + ", "
                + behind
                + ") = "
                + bytes(pattern.behind());
    }

    private static String literal(String text) {
        return "_utf8mb4 " + bytes(text);
    }

    private static String bytes(String text) {
        return "x'" + HexFormat.of().formatHex(text.getBytes(UTF_8)) + "'";
    }
}
