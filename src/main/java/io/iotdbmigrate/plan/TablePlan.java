package io.iotdbmigrate.plan;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TableSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code iotdb.mappings} held against the live schema.
 *
 * @param schema null if the table does not exist
 * @param mapping null if a finding is an error
 */
public record TablePlan(
        MappingConfig config,
        @Nullable TableSchema schema,
        @Nullable TableMapping mapping,
        List<Finding> findings) {
    public TablePlan {
        findings = List.copyOf(findings);
    }

    TablePlan withMapping(TableMapping other) {
        return new TablePlan(config, schema, other, findings);
    }
}
