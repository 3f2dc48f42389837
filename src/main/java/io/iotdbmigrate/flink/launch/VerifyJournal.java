package io.iotdbmigrate.flink.launch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.iotdb.Journal;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyReport;
import io.iotdbmigrate.verify.VerifyReport.Positions;
import java.io.IOException;

/** The journal's entry about a comparison. */
final class VerifyJournal {
    static final String VERIFIED = "verified";

    /** Whether every value of all tables was compared. */
    static final String COMPLETE = "complete";

    private VerifyJournal() {}

    static void append(Journal journal, VerifyReport report) throws IOException {
        ObjectNode fields = journal.newFields();
        fields.put("mode", report.mode())
                .put("equal", report.equal())
                .put("differences", report.count())
                .put(COMPLETE, report.notCompared().isEmpty());
        put(fields, report.positions());
        ArrayNode tables = fields.putArray("tables");
        for (VerifyReport.Table table : report.tables()) {
            tables.addObject()
                    .put("table", table.name())
                    .put("mysql_rows", table.mysqlRows())
                    .put("iotdb_rows", table.iotdbRows())
                    .put("mysql_checksum", table.mysqlChecksum())
                    .put("iotdb_checksum", table.iotdbChecksum())
                    .put("differences", table.differences());
        }
        journal.append(VERIFIED, fields);
    }

    /** Never complete: nothing is said about values. */
    static void append(Journal journal, CountReport report) throws IOException {
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
            fields.putObject("position")
                    .put("file", position.file())
                    .put("offset", position.offset())
                    .put("gtid_set", position.gtidSet());
        }
    }
}
