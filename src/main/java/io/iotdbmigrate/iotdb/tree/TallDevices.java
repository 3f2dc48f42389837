package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TallNames;
import io.iotdbmigrate.mapping.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iotdb.rpc.StatementExecutionException;

/**
 * The devices of a tall mapping that IoTDB has: of each of its series the device and what its row
 * is named by.
 */
final class TallDevices {
    private final TableMapping mapping;
    private final DeviceTemplate holder;

    /** The nodes above the last series that was looked at, and whether they are the mapping's. */
    private List<String> lastAbove = List.of();

    private boolean lastIsOurs;

    TallDevices(TableMapping mapping) {
        this.mapping = mapping;
        this.holder = mapping.holder();
    }

    /** A series that is one of the mapping's. */
    record Series(String device, int measurement) {}

    /**
     * Reads a path as the server writes it.
     *
     * @return empty if no row of the mapping has it
     */
    Optional<Series> read(String series) {
        List<String> nodes = TreePath.split(series);
        List<String> above = nodes.subList(0, nodes.size() - 1);
        if (!above.equals(lastAbove)) {
            lastAbove = above;
            lastIsOurs = holder.matches(TreePath.of(above));
        }
        TallNames names = mapping.tall();
        if (!lastIsOurs || names == null) {
            return Optional.empty();
        }
        return names.find(nodes.get(nodes.size() - 1))
                .map(found -> new Series(path(above, found.row()), found.measurement()));
    }

    private static String path(List<String> above, String row) {
        List<String> nodes = new ArrayList<>(above);
        nodes.add(row);
        return TreePath.of(nodes);
    }

    /**
     * Asks the server.
     *
     * @return paths, each once
     * @throws io.iotdbmigrate.model.UserException exit code 5, if the server refuses to say
     * @throws IOException if it was away for longer than the retries last
     */
    static List<String> of(Retries retries, TableMapping mapping) throws IOException {
        String pattern = mapping.holder().wholeNodePattern() + ".*";
        TallDevices devices = new TallDevices(mapping);
        try {
            return retries.call(
                    session -> {
                        Set<String> found = new LinkedHashSet<>();
                        ServerQuery.each(
                                session,
                                "SHOW TIMESERIES " + pattern,
                                row -> {
                                    devices.read(String.valueOf(row.get("Timeseries")))
                                            .ifPresent(series -> found.add(series.device()));
                                    return true;
                                });
                        return List.copyOf(found);
                    });
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to list the series " + pattern, e);
        }
    }
}
