package io.iotdbmigrate.verify;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A writer of repairs. A row with a value to write is written as a whole. Where IoTDB has whole
 * rows, one with a value to delete is deleted and written anew.
 *
 * @param deletes whether anything is deleted; otherwise only what can be written is
 */
record RepairWriter(List<TableRules> rules, TargetRows target, boolean deletes) {
    /** Carries actions out, durably. */
    void execute(Collection<RepairAction> actions) throws IOException {
        for (RepairAction action : actions) {
            if (rules.get(action.key().table()).wholeRows()) {
                executeWhole(action);
                continue;
            }
            if (deletes && !action.delete().isEmpty()) {
                target.delete(action.key(), action.delete());
            }
            if (action.writes() > 0) {
                target.write(action.key(), action.written());
            }
        }
        target.flush();
    }

    private void executeWhole(RepairAction action) throws IOException {
        boolean deleted = deletes && (action.whole() || !action.delete().isEmpty());
        if (deleted) {
            int columns = rules.get(action.key().table()).columns().size();
            target.delete(action.key(), IntStream.range(0, columns).boxed().toList());
        }
        Object[] row = action.row();
        if (row != null && (deleted || action.delete().isEmpty())) {
            target.write(action.key(), row);
        } else if (action.writes() > 0) {
            target.write(action.key(), action.written());
        }
    }
}
