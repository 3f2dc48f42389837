package io.iotdbmigrate.check;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagNaming;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;

/** What the names in a table's rows mean that become columns of IoTDB. */
final class PivotFindings {
    /** More names are not looked at. */
    static final int MOST = 10_000;

    /** Each column costs every question about rows, and the server memory. */
    private static final int MANY = 1_000;

    private PivotFindings() {}

    static List<Finding> of(TableMapping mapping, SortedSet<String> names) {
        String table = mapping.name();
        List<Finding> findings = new ArrayList<>();
        Map<String, String> columns = new HashMap<>();
        for (String name : names) {
            String other = columns.putIfAbsent(TagNaming.column(name), name);
            if (other != null) {
                findings.add(
                        Finding.error(
                                ExitCode.CONFIG,
                                table,
                                "has the names "
                                        + other
                                        + " and "
                                        + name
                                        + ", which are one column in IoTDB: it compares names in"
                                        + " lower case",
                                "spell them alike in MySQL, or leave out pivot: true"));
                break;
            }
        }
        mapping.tags().taken().stream()
                .filter(columns::containsKey)
                .forEach(
                        taken ->
                                findings.add(
                                        Finding.warning(
                                                table,
                                                "has rows of the name "
                                                        + columns.get(taken)
                                                        + ", and another column of IoTDB's table"
                                                        + " has it",
                                                "they are rejected; rename the TAG under tags, or"
                                                        + " leave out pivot: true")));
        String made =
                String.format(
                        Locale.ROOT,
                        "its rows have %s%,d names, which make as many columns of table %s",
                        names.size() > MOST ? "more than " : "",
                        Math.min(names.size(), MOST),
                        mapping.tags().table());
        findings.add(
                names.size() > MANY
                        ? Finding.warning(
                                table,
                                made + ": a table of so many is slow to write and to read",
                                "leave out pivot: true, so that the name is a TAG")
                        : Finding.ok(table, made));
        return findings;
    }
}
