package io.iotdbmigrate.run.verify;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.util.List;

/**
 * The guard of rows that hold values of several rows of MySQL. Replication reads such a row of
 * IoTDB, deletes it and writes it anew; what a repair writes in between would be lost.
 */
final class PivotedRepairs {
    private PivotedRepairs() {}

    /**
     * Refuses a repair while replication runs.
     *
     * @throws UserException exit code 3, if a mapping has such rows
     */
    static void refuse(List<TableMapping> mappings) {
        mappings.stream()
                .filter(TableMapping::isPivoted)
                .findFirst()
                .ifPresent(
                        mapping -> {
                            throw new UserException(
                                    ExitCode.CONFIG,
                                    "the mapping of "
                                            + mapping.name()
                                            + " has pivot: true, and cdc writes its rows anew"
                                            + " while it runs; stop cdc, repair, then start it"
                                            + " again, or name other tables with --table");
                        });
    }
}
