package io.iotdbmigrate.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether names that are looked up keep rows apart as their keys do. */
final class LookupChecks {
    private static final long BYTES_AN_ENTRY = 120;

    private final SchemaFindings findings;

    LookupChecks(SchemaFindings findings) {
        this.findings = findings;
    }

    /** Adds what is found about how devices are named, the name of a tall row in it. */
    void check(DeviceNaming naming) {
        for (String column : naming.columns()) {
            List<Lookup> lookups = naming.lookups(column);
            if (naming.toldByLookups().contains(column)) {
                clash(lookups)
                        .ifPresent(
                                c ->
                                        findings.tableError(
                                                c,
                                                "use a column in which they"
                                                        + " differ, or add "
                                                        + (naming instanceof TagNaming
                                                                ? column
                                                                : "{" + column + "}")
                                                        + " itself"));
            }
            for (Lookup lookup : lookups) {
                findings.tableOk(
                        "look-up {"
                                + lookup.reference()
                                + "} has "
                                + lookup.values().size()
                                + " rows, about "
                                + kib(lookup)
                                + " KiB of memory");
            }
        }
    }

    private static long kib(Lookup lookup) {
        long bytes = 0;
        for (Map.Entry<String, String> entry : lookup.values().entrySet()) {
            bytes += BYTES_AN_ENTRY + entry.getKey().length() + entry.getValue().length();
        }
        return (bytes + 1023) / 1024;
    }

    /** Returns the sentence about two keys that all look-ups give the same names. */
    private static Optional<String> clash(List<Lookup> lookups) {
        Set<String> keys = new TreeSet<>(lookups.get(0).values().keySet());
        lookups.forEach(lookup -> keys.retainAll(lookup.values().keySet()));
        lookups.forEach(lookup -> keys.removeAll(lookup.gone()));
        Map<List<String>, String> seen = new HashMap<>();
        for (String key : keys) {
            List<String> names = lookups.stream().map(l -> l.values().get(key)).toList();
            String other = seen.putIfAbsent(names, key);
            if (other != null && names.stream().noneMatch(String::isEmpty)) {
                return Optional.of(
                        "look-up {"
                                + lookups.get(0).reference()
                                + "} gives the keys "
                                + other
                                + " and "
                                + key
                                + " the same name "
                                + String.join(", ", names)
                                + ": their rows could not be told apart");
            }
        }
        return Optional.empty();
    }
}
