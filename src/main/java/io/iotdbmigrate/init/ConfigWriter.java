package io.iotdbmigrate.init;

import io.iotdbmigrate.init.TableGuess.Mapping;
import io.iotdbmigrate.init.TableGuess.Measurement;
import io.iotdbmigrate.init.TableGuess.None;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A writer that writes guesses as a config file with a comment wherever a person should look. */
final class ConfigWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
    private static final Pattern PLAIN_TEMPLATE = Pattern.compile("root\\.[A-Za-z0-9_.{}]+");
    private static final Set<String> WORDS =
            Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");
    private static final String REMARK = "# look: ";

    private final StringBuilder text = new StringBuilder();
    private boolean tableModel;

    /**
     * @param zone and where it comes from, e.g. {@code UTC} and {@code that of the server}
     * @param lookups written as comments
     */
    String write(
            ConfigRequest request,
            String zone,
            String zoneRemark,
            String iotdbDatabase,
            List<TableGuess> guesses,
            List<LookupGuess> lookups) {
        line("# Written by iotdb-migrate init from the tables of " + comment(request.database()));
        line(
                "# on "
                        + comment(request.host())
                        + ". Guessed from keys, types and names: read what is");
        line("# marked \"look\", then: iotdb-migrate check --config FILE");
        line("");
        line("name: " + scalar(name(request.database())));
        line("");
        line("connections:");
        line("  mysql:");
        line("    host: " + scalar(request.host()));
        line("    port: " + request.port());
        line("    user: " + scalar(request.user()));
        line("    password: ${env:MYSQL_PASSWORD}");
        line("    database: " + scalar(request.database()));
        line("    time_zone: " + scalar(zone) + "   " + REMARK + zoneRemark);
        line("  iotdb:");
        line("    host: " + scalar(request.iotdbHost()));
        line("    port: " + request.iotdbPort());
        line("    user: " + scalar(request.iotdbUser()));
        line(
                request.iotdbPasswordInEnvironment()
                        ? "    password: ${env:IOTDB_PASSWORD}"
                        : "    password: root   "
                                + REMARK
                                + "IoTDB's own default; better ${env:IOTDB_PASSWORD}");
        line("");
        line("iotdb:");
        tableModel = request.tableModel();
        if (tableModel) {
            line("  model: table");
            line("  database: " + scalar(tableDatabase(iotdbDatabase)));
        } else {
            line("  storage_groups: [" + scalar(iotdbDatabase) + "]");
        }
        if (!lookups.isEmpty()) {
            lookups(lookups);
        }
        line("  mappings:");
        guesses.forEach(this::table);
        return text.toString();
    }

    private void lookups(List<LookupGuess> lookups) {
        line(
                "  "
                        + REMARK
                        + (tableModel
                                ? "names may stand in other tables: remove the # and column becomes"
                                : "names may stand in other tables: remove the # and {column}"
                                        + " becomes"));
        line(
                tableModel
                        ? "  # column.name in tags"
                        : "  # {column.name} in device_template, or in the name of a measurement");
        line("  # lookups:");
        for (LookupGuess lookup : lookups) {
            line(
                    "  #   "
                            + scalar(lookup.column())
                            + ": {table: "
                            + scalar(lookup.table())
                            + ", key: "
                            + scalar(lookup.key())
                            + "}   # look: "
                            + (tableModel ? reference(lookup) : "{" + reference(lookup) + "}")
                            + ", for "
                            + lookup.reason());
        }
    }

    private static String reference(LookupGuess lookup) {
        return comment(lookup.column() + "." + lookup.name());
    }

    private void table(TableGuess guess) {
        if (guess instanceof Mapping mapping) {
            mapping(mapping);
        } else if (guess instanceof None none) {
            line("    # " + comment(none.table()) + ": left out, " + none.reason());
        }
        line("");
    }

    private void mapping(Mapping mapping) {
        line(
                mapping.isPattern()
                        ? "    - tables: '" + mapping.table() + "'"
                        : "    - table: " + scalar(mapping.table()));
        mapping.remarks().forEach(remark -> line("      " + REMARK + comment(remark)));
        if (mapping.deviceField() != null && !tableModel) {
            line("      device_field: " + scalar(mapping.deviceField()));
        }
        line("      timestamp_field: " + oneOrList(mapping.timeFields()));
        if (!mapping.units().isEmpty()) {
            line(
                    "      timestamp_unit: "
                            + oneOrList(
                                    mapping.units().stream()
                                            .map(unit -> unit.name().toLowerCase(Locale.ROOT))
                                            .toList()));
        }
        line(
                tableModel
                        ? "      tags: ["
                                + mapping.deviceColumns().stream()
                                        .map(ConfigWriter::scalar)
                                        .collect(Collectors.joining(", "))
                                + "]"
                        : "      device_template: " + template(mapping.deviceTemplate()));
        line("      measurements:");
        mapping.measurements().forEach(this::measurement);
    }

    /** Returns the name of a database of the table model: in lower case, and without root. */
    private static String tableDatabase(String path) {
        return path.substring(path.indexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String oneOrList(List<String> items) {
        String all = items.stream().map(ConfigWriter::scalar).collect(Collectors.joining(", "));
        return items.size() == 1 ? all : "[" + all + "]";
    }

    private void measurement(Measurement measurement) {
        StringBuilder item = new StringBuilder("- {name: ").append(scalar(measurement.name()));
        if (!measurement.name().equals(measurement.column())) {
            item.append(", field: ").append(scalar(measurement.column()));
        }
        if (measurement.type() != null) {
            item.append(", type: ").append(measurement.type());
        }
        if (measurement.skips()) {
            item.append(", on_invalid: skip");
        }
        item.append('}');
        String remark =
                measurement.remark().isEmpty()
                        ? ""
                        : "   " + REMARK + comment(measurement.remark());
        line("        " + (measurement.kept() ? "" : "# ") + item + remark);
    }

    /** Returns the migration's name. A migration's name takes letters, digits, _ and -. */
    private static String name(String database) {
        return database.replaceAll("[^A-Za-z0-9_-]", "_");
    }

    private static String template(String path) {
        return PLAIN_TEMPLATE.matcher(path).matches() ? path : quoted(path);
    }

    static String scalar(String value) {
        boolean plain =
                PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(Locale.ROOT));
        return plain ? value : quoted(value);
    }

    /** Escapes a text, control characters too, so that no name can leave its line. */
    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.codePoints()
                .forEach(
                        c -> {
                            if (c == '"' || c == '\\') {
                                quoted.append('\\').appendCodePoint(c);
                            } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                                quoted.append(String.format("\\u%04x", c));
                            } else {
                                quoted.appendCodePoint(c);
                            }
                        });
        return quoted.append('"').toString();
    }

    private static String comment(String value) {
        return value.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
