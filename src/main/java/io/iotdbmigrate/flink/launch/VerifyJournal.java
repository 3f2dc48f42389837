package io.iotdbmigrate.flink.launch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.iotdb.Journal;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.verify.VerifyReport;
import java.io.IOException;

/** The journal's entry about a comparison. */
final class VerifyJournal {
    static final String VERIFIED = "verified";

    private VerifyJournal() {}

    static void append(Journal journal, VerifyReport report) throws IOException {
        ObjectNode fields = journal.newFields();
        fields.put("mode", report.mode())
                .put("equal", report.equal())
                .put("differences", report.count())
                .put("complete", report.notCompared().isEmpty());
        BinlogPosition position =
                report.positions().equalAt() == null
                        ? report.positions().before()
                        : report.positions().equalAt();
        if (position != null) {
            fields.putObject("position")
                    .put("file", position.file())
                    .put("offset", position.offset())
                    .put("gtid_set", position.gtidSet());
        }
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
}
