package io.iotdbmigrate.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.run.backfill.BackfillPlan;

/** What a backfill would do, for scripts. */
public final class PlanJson {
    private PlanJson() {}

    public static String render(BackfillPlan plan) {
        ObjectNode report = Json.object();
        report.put("status", "planned");
        ArrayNode tables = report.putArray("tables");
        for (BackfillPlan.Table t : plan.tables()) {
            ObjectNode table =
                    tables.addObject()
                            .put("name", t.name())
                            .put("estimated_rows", t.estimatedRows())
                            .put("estimated_chunks", t.estimatedChunks())
                            .put("chunk_key", t.chunkKey())
                            .put("device_template", t.deviceTemplate())
                            .put("may_collapse", t.mayCollapse());
            ArrayNode series = table.putArray("series");
            t.series().forEach(series::add);
        }
        return Json.print(report);
    }
}
