package io.iotdbmigrate.mapping;

import io.iotdbmigrate.model.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What planning one mapping came to.
 *
 * @param mapping null if a finding is an error
 */
public record MappingPlan(@Nullable TableMapping mapping, List<Finding> findings) {
    public MappingPlan {
        findings = List.copyOf(findings);
    }
}
