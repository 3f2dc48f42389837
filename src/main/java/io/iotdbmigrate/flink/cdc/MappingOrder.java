package io.iotdbmigrate.flink.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.model.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * The order of a job's followed tables, as a checkpoint keeps it: a table that comes or goes by a
 * pattern gives others another index.
 */
final class MappingOrder {
    private MappingOrder() {}

    /** Names each mapping, those of one table by their number, and each column of a look-up. */
    static List<byte[]> of(List<? extends FollowedTable> mappings) {
        List<byte[]> names = new ArrayList<>();
        Map<TableId, Integer> numbers = new HashMap<>();
        for (FollowedTable mapping : mappings) {
            String name =
                    mapping instanceof LookupColumn lookup
                            ? "{" + lookup.reference() + "}"
                            : mapping.table()
                                    + "\n"
                                    + numbers.merge(mapping.table(), 1, Integer::sum);
            names.add(name.getBytes(UTF_8));
        }
        return names;
    }

    /** Returns the mapped tables that were followed then and are not followed now. */
    static Set<TableId> gone(Iterable<byte[]> before, List<? extends FollowedTable> mappings) {
        Set<TableId> gone = new LinkedHashSet<>();
        for (byte[] name : before) {
            String text = new String(name, UTF_8);
            if (!text.startsWith("{")) {
                gone.add(TableId.parse(text.substring(0, text.lastIndexOf('\n'))));
            }
        }
        mappings.forEach(mapping -> gone.remove(mapping.table()));
        return gone;
    }

    /**
     * Returns the index that a mapping has now, by its index then; -1 if it is none any more.
     *
     * @param before empty: not noted, the order is the same
     */
    static IntUnaryOperator change(
            Iterable<byte[]> before, List<? extends FollowedTable> mappings) {
        List<String> then = new ArrayList<>();
        before.forEach(name -> then.add(new String(name, UTF_8)));
        List<String> now = of(mappings).stream().map(name -> new String(name, UTF_8)).toList();
        return then.isEmpty() ? i -> i : i -> now.indexOf(then.get(i));
    }
}
