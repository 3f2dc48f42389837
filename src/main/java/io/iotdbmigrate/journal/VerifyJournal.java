package io.iotdbmigrate.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyReport;
import io.iotdbmigrate.verify.VerifyReport.Positions;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The journal's entry about a comparison. */
public final class VerifyJournal {
    private static final String VERIFIED = "verified";

    /** Whether every value of all tables was compared. */
    static final String COMPLETE = "complete";

    private VerifyJournal() {}

    /**
     * @param everything whether the user narrowed nothing down
     * @param base from where on changes matter to it
     */
    public static void append(
            Journal journal, VerifyReport report, boolean everything, Optional<VerifiedBase> base)
            throws IOException {
        ObjectNode fields = journal.newFields();
        fields.put("mode", report.mode())
                .put("equal", report.equal())
                .put("differences", report.count())
                .put(COMPLETE, everything);
        base.ifPresent(from -> from.put(fields));
        put(fields, report.positions());
        ArrayNode tables = fields.putArray("tables");
        for (VerifyReport.Table table : report.tables()) {
            tables.addObject()
                    .put("table", table.name())
                    .put("mysql_rows", table.mysqlRows())
                    .put("iotdb_rows", table.iotdbRows())
                    .put("mysql_checksum", table.mysqlChecksum())
                    .put("iotdb_checksum", table.iotdbChecksum())
                    .put("rejected", table.rejected())
                    .put("differences", table.differences());
        }
        journal.append(VERIFIED, fields);
    }

    /** Tells whether an entry is about a comparison. */
    public static boolean isOne(Journal.Entry entry) {
        return entry.event().equals(VERIFIED);
    }

    /**
     * Returns the last comparison of all values, unless rows were written since other than by a
     * replication that goes on.
     */
    public static Optional<Journal.Entry> lastFull(List<Journal.Entry> entries) {
        Journal.Entry last = null;
        for (Journal.Entry entry : entries) {
            if (CdcJournal.isReplay(entry) || BackfillJournal.isWriting(entry)) {
                last = null;
            } else if (isOne(entry)
                    && entry.fields().path("mode").asText().equals(VerifyReport.CHECKSUMS)
                    && entry.fields().path(COMPLETE).asBoolean()) {
                last = entry;
            }
        }
        return Optional.ofNullable(last);
    }

    /** Appends an entry of counts, never complete: nothing is said about values. */
    public static void append(Journal journal, CountReport report) throws IOException {
        ObjectNode fields = journal.newFields();
        fields.put("mode", CountReport.MODE)
                .put("equal", report.equal())
                .put("differing_devices", report.differing())
                .put(COMPLETE, false);
        put(fields, report.positions());
        ArrayNode tables = fields.putArray("tables");
        for (CountReport.Table table : report.tables()) {
            tables.addObject()
                    .put("table", table.name())
                    .put("mysql_rows", table.mysql().rows())
                    .put("mysql_points", table.mysql().points())
                    .put("iotdb_rows", table.iotdb().rows())
                    .put("differing_devices", table.differing());
        }
        journal.append(VERIFIED, fields);
    }

    private static void put(ObjectNode fields, Positions positions) {
        BinlogPosition position =
                positions.equalAt() == null ? positions.before() : positions.equalAt();
        if (position != null) {
            PositionJson.put(fields.putObject("position"), position);
        }
    }
}
