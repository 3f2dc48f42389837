package io.iotdbmigrate.check;

import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Finding;
import java.util.Optional;

/**
 * Mappings that write parts of a row of IoTDB where its columns share their times. Version
 * 2.0.1-beta may then answer values of the other columns that were overwritten.
 */
final class RowParts {
    private RowParts() {}

    /** Returns a warning where that may happen to rows that are updated; empty elsewhere. */
    static Optional<Finding> finding(TableMapping mapping) {
        boolean inParts = mapping.isTall() && !mapping.keepsWholeRows() && mapping.aligned();
        if (!inParts || mapping.onUpdate() != OnUpdate.OVERWRITE) {
            return Optional.empty();
        }
        return Optional.of(
                Finding.warning(
                        mapping.name(),
                        "is written in parts of a row, each value alone: IoTDB 2.0.1-beta may"
                                + " answer values beside it that were overwritten",
                        "nothing, if rows are not updated; else set aligned: false"));
    }
}
