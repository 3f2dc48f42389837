package io.iotdbmigrate.run.backfill;

import io.iotdbmigrate.flink.backfill.BackfillSpec;
import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagNaming;
import io.iotdbmigrate.model.Column;
import java.util.stream.Collectors;

/** A spec in words. */
final class BackfillPlans {
    private BackfillPlans() {}

    static BackfillPlan of(BackfillSpec spec) {
        return new BackfillPlan(spec.tables().stream().map(t -> table(spec, t)).toList());
    }

    private static BackfillPlan.Table table(BackfillSpec spec, Table table) {
        String key =
                table.sql().keyColumns().stream()
                        .map(Column::name)
                        .collect(Collectors.joining(", "));
        long chunks =
                table.sql().hasKey() ? Math.max(1, table.estimatedRows() / spec.chunkRows()) : 1;
        return new BackfillPlan.Table(
                table.name(),
                table.estimatedRows(),
                key,
                chunks,
                table.mapping().pattern(),
                table.mapping().measurements().stream()
                        .map(m -> table.mapping().shown(m) + " " + m.type())
                        .toList(),
                !table.uniqueRows(),
                sample(spec, table.mapping()));
    }

    private static String sample(BackfillSpec spec, TableMapping mapping) {
        return mapping.device() instanceof TagNaming naming
                ? "SELECT * FROM " + spec.iotdb().database() + ".\"" + naming.table() + "\" LIMIT 3"
                : "SELECT * FROM " + mapping.pattern() + " LIMIT 3 ALIGN BY DEVICE";
    }
}
