package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TableMapping.Measurement;
import io.iotdbmigrate.mapping.TreePath;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.jspecify.annotations.Nullable;

/** Whether what IoTDB holds already leaves room for a mapping's series. */
final class SeriesPreflight {
    private static final int EXAMPLES = 10;
    private static final int MOST_SERIES = 1_000_000;

    private final Session session;
    private final TableMapping mapping;
    private final List<Finding> findings = new ArrayList<>();

    SeriesPreflight(Session session, TableMapping mapping) {
        this.session = session;
        this.mapping = mapping;
    }

    /** How many, and the first few of them. */
    private static final class Tally {
        private final List<String> examples = new ArrayList<>();
        private long count;

        void add(String example) {
            count++;
            if (examples.size() < EXAMPLES) {
                examples.add(example);
            }
        }

        String words() {
            String more =
                    count > examples.size() ? " and " + (count - examples.size()) + " more" : "";
            return String.join(", ", examples) + more;
        }
    }

    List<Finding> check() throws IoTDBConnectionException, StatementExecutionException {
        String table = mapping.name();
        Tally devices = new Tally();
        Tally otherAlignment = new Tally();
        ServerQuery.each(
                session,
                "SHOW DEVICES " + mapping.holder().wholeNodePattern(),
                row -> {
                    String device = String.valueOf(row.get("Device"));
                    if (mapping.holder().matches(device)) {
                        devices.add(device);
                        String aligned = row.get("IsAligned");
                        if (aligned != null
                                && !aligned.equals(Boolean.toString(mapping.aligned()))) {
                            otherAlignment.add(device);
                        }
                    }
                    return true;
                });
        if (devices.count == 0) {
            return List.of(Finding.ok(table, "no device of it exists in IoTDB yet"));
        }
        if (otherAlignment.count > 0) {
            findings.add(
                    Finding.error(
                            ExitCode.IOTDB,
                            table,
                            "is mapped with aligned: "
                                    + mapping.aligned()
                                    + ", and IoTDB holds the other kind: "
                                    + otherAlignment.words(),
                            "set aligned: "
                                    + !mapping.aligned()
                                    + " in its mapping, or delete those devices"));
        }
        series();
        existingData(table, devices);
        return List.copyOf(findings);
    }

    private void series() throws IoTDBConnectionException, StatementExecutionException {
        Function<String, Optional<Measurement>> found = finder();
        Map<Measurement, Tally> otherType = new HashMap<>();
        Map<Measurement, Tally> otherEncoding = new HashMap<>();
        int[] seen = {0};
        ServerQuery.each(
                session,
                "SHOW TIMESERIES " + mapping.holder().wholeNodePattern() + ".*",
                row -> {
                    String path = String.valueOf(row.get("Timeseries"));
                    Optional<Measurement> of = found.apply(path);
                    if (of.isPresent()) {
                        Measurement measurement = of.get();
                        String type = row.get("DataType");
                        if (!measurement.type().name().equals(type)) {
                            tally(otherType, measurement, path + " (" + type + ")");
                        }
                        String stored = row.get("Encoding") + " " + row.get("Compression");
                        if (differs(measurement.encoding(), row.get("Encoding"))
                                || differs(measurement.compression(), row.get("Compression"))) {
                            tally(otherEncoding, measurement, path + " (" + stored + ")");
                        }
                    }
                    return ++seen[0] < MOST_SERIES;
                });
        otherType.forEach(this::typeError);
        otherEncoding.forEach(this::encodingWarning);
        if (seen[0] == MOST_SERIES) {
            findings.add(
                    Finding.ok(
                            mapping.name(),
                            "only the first " + MOST_SERIES + " of its series were looked at"));
        }
    }

    private static void tally(Map<Measurement, Tally> tallies, Measurement m, String example) {
        tallies.computeIfAbsent(m, key -> new Tally()).add(example);
    }

    private static boolean differs(@Nullable String wanted, @Nullable String stored) {
        return wanted != null && !wanted.equals(stored);
    }

    /** Returns what tells the measurement of a series; empty if it is not the mapping's. */
    private Function<String, Optional<Measurement>> finder() {
        if (mapping.isTall()) {
            TallDevices devices = new TallDevices(mapping);
            return path -> devices.read(path).map(s -> mapping.measurements().get(s.measurement()));
        }
        Map<String, Measurement> measurements = new HashMap<>();
        mapping.measurements().forEach(m -> measurements.put(TreePath.split(m.name()).get(0), m));
        return path -> {
            List<String> nodes = TreePath.split(path);
            int last = nodes.size() - 1;
            return Optional.ofNullable(measurements.get(nodes.get(last)))
                    .filter(m -> mapping.template().matches(TreePath.of(nodes.subList(0, last))));
        };
    }

    private void typeError(Measurement measurement, Tally tally) {
        findings.add(
                Finding.error(
                        ExitCode.IOTDB,
                        subject(measurement),
                        "is to be "
                                + measurement.type()
                                + ", and IoTDB holds it as "
                                + tally.words(),
                        "set type: of this measurement to what is there, or delete those series"));
    }

    private void encodingWarning(Measurement measurement, Tally tally) {
        findings.add(
                Finding.warning(
                        subject(measurement),
                        "exists with another encoding or compression, which it keeps: "
                                + tally.words(),
                        "delete those series first if the configured one matters"));
    }

    private String subject(Measurement measurement) {
        return mapping.name() + "." + mapping.columns().get(measurement.column()).name();
    }

    private void existingData(String table, Tally devices)
            throws IoTDBConnectionException, StatementExecutionException {
        List<String> withData = new ArrayList<>();
        for (String device : devices.examples) {
            ServerQuery.each(
                    session,
                    "SELECT LAST * FROM " + device,
                    row -> {
                        withData.add(device);
                        return false;
                    });
        }
        if (withData.isEmpty()) {
            findings.add(Finding.ok(table, devices.count + " of its devices exist, without data"));
        } else {
            findings.add(
                    Finding.warning(
                            table,
                            devices.count
                                    + " of its devices exist and hold data, such as "
                                    + withData.get(0)
                                    + ": rows of the same time are replaced, all others stay",
                            "nothing, if an earlier run wrote them; else choose another"
                                    + " device_template"));
        }
    }
}
