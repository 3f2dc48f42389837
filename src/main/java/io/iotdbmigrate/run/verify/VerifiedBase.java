package io.iotdbmigrate.run.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.flink.verify.JournalReplication;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.BinlogServer;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.verify.VerifyListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * From where on the changes matter to the result of a comparison: all that the binlog holds before
 * is applied before the comparison reads anything. A row that no change behind the position touches
 * is on both sides what the comparison found.
 *
 * @param createTable how the tables were defined at the position, by {@code database.table}
 * @param shapes of the mappings, see {@link CdcSpecs#shapes}
 */
public record VerifiedBase(
        BinlogPosition position, Map<String, String> createTable, Map<String, String> shapes) {
    private static final String FIELD = "base";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 200;

    public VerifiedBase {
        createTable = Map.copyOf(createTable);
        shapes = Map.copyOf(shapes);
    }

    /**
     * For a comparison that is about to begin: waits until replication has applied all that there
     * is now.
     *
     * @return empty if it does not run, does not come to that, or the listener asks for a stop
     */
    static Optional<VerifiedBase> await(
            MigrationConfig config,
            MigrationPlan plan,
            JournalReplication replication,
            VerifyListener listener)
            throws IOException, InterruptedException {
        List<TableId> tables = plan.mappings().stream().map(m -> m.table()).distinct().toList();
        try (BinlogServer server = new BinlogServer(config.mysql())) {
            if (!server.writesBinlog()) {
                return Optional.empty();
            }
            BinlogPosition head = server.head();
            VerifiedBase base =
                    new VerifiedBase(
                            head, server.createTables(tables), CdcSpecs.shapes(plan.mappings()));
            Instant end = Instant.now().plus(PATIENCE);
            boolean told = false;
            while (true) {
                boolean runs = replication.runs();
                if (runs && replication.hasApplied(head)) {
                    return Optional.of(base);
                }
                if (!runs || Instant.now().isAfter(end) || listener.stopRequested()) {
                    return Optional.empty();
                }
                if (!told) {
                    told = true;
                    listener.note(
                            "waiting until replication has applied what is in MySQL now, for "
                                    + PATIENCE.toSeconds()
                                    + " s at most");
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    public void put(ObjectNode entry) {
        ObjectNode node = entry.putObject(FIELD);
        node.put("file", position.file())
                .put("offset", position.offset())
                .put("gtid_set", position.gtidSet());
        put(node.putObject("create_table"), createTable);
        put(node.putObject("shapes"), shapes);
    }

    private static void put(ObjectNode node, Map<String, String> texts) {
        texts.forEach(node::put);
    }

    /** Of an entry; empty if it has none. */
    public static Optional<VerifiedBase> of(JsonNode entry) {
        JsonNode node = entry.path(FIELD);
        return node.isObject()
                ? Optional.of(
                        new VerifiedBase(
                                new BinlogPosition(
                                        node.path("file").asText(),
                                        node.path("offset").asLong(),
                                        node.path("gtid_set").asText()),
                                texts(node.path("create_table")),
                                texts(node.path("shapes"))))
                : Optional.empty();
    }

    private static Map<String, String> texts(JsonNode node) {
        return node.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asText()));
    }
}
