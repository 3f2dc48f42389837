package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.flink.backfill.BackfillSpec;
import io.iotdbmigrate.iotdb.tree.PointReader;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.verify.Buckets;
import io.iotdbmigrate.verify.Scope;
import io.iotdbmigrate.verify.TableRules;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything a comparison needs, as it travels to the cluster.
 *
 * @param source how MySQL is read
 * @param buckets how the rows of every table are laid out
 * @param firstKey with {@code secondKey} what the hashes of this run are keyed with
 */
public record VerifySpec(
        BackfillSpec source, Scope scope, Buckets buckets, long firstKey, long secondKey)
        implements Serializable {

    public List<TableRules> rules() {
        return source.tables().stream().map(t -> rules(t.mapping())).toList();
    }

    public TableRules rules(int table) {
        return rules(source.tables().get(table).mapping());
    }

    private static TableRules rules(TableMapping mapping) {
        return new TableRules(
                mapping.table().table(),
                mapping.measurements().stream().map(TableMapping.Measurement::name).toList(),
                mapping.measurements().stream().map(TableMapping.Measurement::type).toList(),
                mapping.onUpdate(),
                mapping.onDelete(),
                mapping.onDuplicate());
    }

    /** What is read of a table's devices: its measurements, then the mark of deleted rows. */
    List<PointReader.Column> columns(int table) {
        TableRules rules = rules(table);
        List<PointReader.Column> columns = new ArrayList<>();
        for (int i = 0; i < rules.columns().size(); i++) {
            columns.add(new PointReader.Column(rules.columns().get(i), rules.types().get(i)));
        }
        if (rules.hasMarks()) {
            columns.add(new PointReader.Column(TableRules.DELETED, TargetType.BOOLEAN));
        }
        return columns;
    }

    /** Readers of each side, side by side. */
    public int parallelism() {
        return source.parallelism();
    }

    List<Table> tables() {
        return source.tables();
    }
}
