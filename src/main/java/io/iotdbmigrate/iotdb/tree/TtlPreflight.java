package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TemplateNode;
import io.iotdbmigrate.mapping.TreePath;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;

/**
 * Whether a time to live would swallow the history: the server refuses rows older than it, and
 * deletes them when they grow older.
 */
final class TtlPreflight {
    private static final String EVERYTHING_BELOW = "**";
    private static final String ENDLESS = "INF";

    private final List<Ttl> ttls;

    private TtlPreflight(List<Ttl> ttls) {
        this.ttls = List.copyOf(ttls);
    }

    /**
     * A time to live; that of the longest path counts.
     *
     * @param nodes the device, or what is above {@code **}
     * @param below whether it ends in {@code **}
     * @param millis empty: endless
     */
    private record Ttl(String path, List<String> nodes, boolean below, Optional<Long> millis) {}

    /** Reads what is set on the server. */
    static TtlPreflight read(Session session)
            throws IoTDBConnectionException, StatementExecutionException {
        List<Ttl> ttls = new ArrayList<>();
        ServerQuery.each(
                session,
                "SHOW ALL TTL",
                row -> {
                    // Before 2.0 the column was called Database, and meant everything in it.
                    String device = row.get("Device");
                    String path = device == null ? String.valueOf(row.get("Database")) : device;
                    List<String> nodes = new ArrayList<>(TreePath.split(path));
                    boolean below = device == null || nodes.remove(EVERYTHING_BELOW);
                    String ttl = row.fields().get(row.fields().size() - 1).getStringValue();
                    ttls.add(
                            new Ttl(
                                    path,
                                    nodes,
                                    below,
                                    ttl == null || ttl.equals(ENDLESS) || ttl.equals("null")
                                            ? Optional.empty()
                                            : Optional.of(Long.parseLong(ttl))));
                    return true;
                });
        return new TtlPreflight(ttls);
    }

    /**
     * @param oldest time of the table's first row
     * @param now the present
     */
    List<Finding> check(TableMapping mapping, Instant oldest, Instant now) {
        List<Ttl> reaching = reaching(mapping.holder());
        List<Finding> findings = new ArrayList<>();
        for (Ttl ttl : reaching) {
            if (ttl.millis().isPresent() && oldest.isBefore(now.minusMillis(ttl.millis().get()))) {
                findings.add(
                        Finding.error(
                                ExitCode.IOTDB,
                                mapping.name(),
                                "the TTL of "
                                        + ttl.path()
                                        + " keeps "
                                        + words(Duration.ofMillis(ttl.millis().get()))
                                        + ", the oldest row is of "
                                        + oldest
                                        + ": IoTDB would refuse it",
                                "run UNSET TTL FROM "
                                        + ttl.path()
                                        + ", or SET TTL TO "
                                        + ttl.path()
                                        + " <milliseconds> that reach back further"));
            }
        }
        return findings;
    }

    /** Returns those that count for some device of the template. */
    private List<Ttl> reaching(DeviceTemplate template) {
        List<Ttl> possible = ttls.stream().filter(t -> canReach(t, template)).toList();
        // One that covers all devices hides those above it.
        int covering =
                possible.stream()
                        .filter(t -> t.below() && t.nodes().size() <= fixedNodes(template))
                        .mapToInt(t -> t.nodes().size())
                        .max()
                        .orElse(0);
        return possible.stream().filter(t -> t.nodes().size() >= covering).toList();
    }

    private static int fixedNodes(DeviceTemplate template) {
        return TreePath.split(template.fixedPrefix()).size();
    }

    private static boolean canReach(Ttl ttl, DeviceTemplate template) {
        int length = ttl.nodes().size();
        int nodes = template.nodes().size();
        if (template.splits() ? !ttl.below() && length < nodes : isElsewhere(ttl, nodes)) {
            return false;
        }
        List<TemplateNode> certain =
                template.nodes().stream().takeWhile(node -> !node.splits()).toList();
        int known = Math.min(length, certain.size());
        return new DeviceTemplate(certain.subList(0, known))
                .matches(TreePath.of(ttl.nodes().subList(0, known)));
    }

    private static boolean isElsewhere(Ttl ttl, int nodes) {
        return ttl.below() ? ttl.nodes().size() > nodes : ttl.nodes().size() != nodes;
    }

    private static String words(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " days";
        }
        return duration.toHours() > 0
                ? duration.toHours() + " hours"
                : duration.toSeconds() + " seconds";
    }
}
