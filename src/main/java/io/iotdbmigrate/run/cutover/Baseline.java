package io.iotdbmigrate.run.cutover;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.VerifiedBase;
import io.iotdbmigrate.journal.VerifyJournal;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.plan.MigrationPlan;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last comparison of all values, as the journal notes it: what a later comparison of changed
 * rows alone builds on.
 *
 * @param at when it ended
 * @param base from where on changes matter to it
 * @param checksums of MySQL, by the tables' names
 * @param rejected tables with rows that are not in IoTDB
 */
record Baseline(
        Instant at, VerifiedBase base, Map<String, String> checksums, Set<String> rejected) {
    Baseline {
        checksums = Map.copyOf(checksums);
        rejected = Set.copyOf(rejected);
    }

    /**
     * Reads it from the journal.
     *
     * @throws UserException exit code 8, if there is none, or if what changed since cannot be known
     */
    static Baseline read(Journal journal, MigrationPlan plan, BinlogServer server)
            throws IOException {
        Journal.Entry last =
                VerifyJournal.lastFull(journal.entries())
                        .orElseThrow(() -> again("there is no full verify"));
        VerifiedBase base =
                VerifiedBase.of(last.fields())
                        .orElseThrow(() -> again("cdc did not run, or lagged, at the last verify"));
        if (!base.shapes().equals(MappingFingerprints.of(plan.mappings()))) {
            throw again("the mappings or the tables' columns changed since the last verify");
        }
        if (!server.history().isAvailable(base.position())) {
            throw again("MySQL's binlog cannot be read from the last verify on");
        }
        Map<String, String> checksums = new HashMap<>();
        Set<String> rejected = new HashSet<>();
        for (JsonNode table : last.fields().path("tables")) {
            String name = table.path("table").asText();
            checksums.put(name, table.path("mysql_checksum").asText());
            if (table.path("rejected").asLong() > 0) {
                rejected.add(name);
            }
        }
        return new Baseline(last.at(), base, checksums, rejected);
    }

    private static UserException again(String why) {
        return new UserException(
                ExitCode.NOT_SWITCHED,
                why
                        + ", so it is not known what changed since; run iotdb-migrate verify while cdc"
                        + " runs");
    }

    /** Returns a table's counts with the checksum that the comparison found for it. */
    Verified.Table withChecksum(Verified.Table table) {
        String checksum = checksums.get(table.name());
        return checksum == null
                ? table
                : new Verified.Table(table.name(), table.rows(), table.found(), checksum, at);
    }

    /** Tells whether changed rows alone can be compared after the comparison of an entry. */
    static boolean isNoted(Journal.Entry entry) {
        return VerifiedBase.of(entry.fields()).isPresent();
    }

    /** Returns the result of a comparison of all values from its entry in the journal. */
    static Verified result(Journal.Entry entry) {
        List<Verified.Table> tables = new ArrayList<>();
        for (JsonNode table : entry.fields().path("tables")) {
            long rows = table.path("mysql_rows").asLong();
            tables.add(
                    new Verified.Table(
                            table.path("table").asText(),
                            rows,
                            rows,
                            table.path("mysql_checksum").asText()));
        }
        boolean equal = entry.fields().path("equal").asBoolean();
        return new Verified(
                Verify.FULL,
                equal,
                entry.at(),
                tables,
                equal
                        ? List.of()
                        : List.of(
                                entry.fields().path("differences").asLong()
                                        + " rows differed; see differences.jsonl"));
    }
}
