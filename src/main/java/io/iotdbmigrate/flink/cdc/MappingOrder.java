package io.iotdbmigrate.flink.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * The order of a job's followed tables, as a checkpoint keeps it, and how they were mapped: a table
 * that comes or goes by a pattern gives others another index.
 */
final class MappingOrder {
    private MappingOrder() {}

    /**
     * Names each mapping, those of one table by their number, with its fingerprint, and each column
     * of a look-up.
     */
    static List<byte[]> of(List<? extends FollowedTable> mappings) {
        List<String> names = names(mappings);
        List<byte[]> noted = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String shape =
                    mappings.get(i) instanceof TableMapping mapping
                            ? "\n" + MappingFingerprints.of(mapping)
                            : "";
            noted.add((names.get(i) + shape).getBytes(UTF_8));
        }
        return noted;
    }

    private static List<String> names(List<? extends FollowedTable> mappings) {
        List<String> names = new ArrayList<>();
        Map<TableId, Integer> numbers = new HashMap<>();
        for (FollowedTable mapping : mappings) {
            names.add(
                    mapping instanceof LookupColumn lookup
                            ? "{" + lookup.reference() + "}"
                            : mapping.table()
                                    + "\n"
                                    + numbers.merge(mapping.table(), 1, Integer::sum));
        }
        return names;
    }

    /**
     * Returns the fingerprints of the mapped tables as they were then, see {@link
     * MappingFingerprints}.
     */
    static Map<String, String> shapes(Iterable<byte[]> before) {
        Map<String, String> shapes = new LinkedHashMap<>();
        for (byte[] noted : before) {
            String text = new String(noted, UTF_8);
            if (!text.startsWith("{")) {
                String name = text.substring(0, text.lastIndexOf('\n'));
                shapes.merge(
                        name.substring(0, name.lastIndexOf('\n')),
                        text.substring(name.length() + 1),
                        String::concat);
            }
        }
        return shapes;
    }

    /**
     * Returns the index that a mapping has now, by its index then; -1 if it is none any more.
     *
     * @param before empty: not noted, the order is the same
     */
    static IntUnaryOperator change(
            Iterable<byte[]> before, List<? extends FollowedTable> mappings) {
        List<String> then = new ArrayList<>();
        for (byte[] noted : before) {
            String text = new String(noted, UTF_8);
            then.add(text.startsWith("{") ? text : text.substring(0, text.lastIndexOf('\n')));
        }
        List<String> now = names(mappings);
        return then.isEmpty() ? i -> i : i -> now.indexOf(then.get(i));
    }
}
