package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.config.MappingConfig.MeasurementConfig;
import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.config.RowPolicies;
import io.iotdbmigrate.config.RowPolicies.OnCascade;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.config.TablesConfig;
import io.iotdbmigrate.config.TargetTableConfig;
import io.iotdbmigrate.config.TimeConfig;
import io.iotdbmigrate.config.where.IllegalConditionException;
import io.iotdbmigrate.config.where.WhereConfig;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.TimePrecision;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A mapping with the defaults of the config file, for tests. */
public final class MappingBuilder {
    private final String table;
    private final String template;
    private TimeConfig time;
    private final List<MeasurementConfig> measurements = new ArrayList<>();
    private @Nullable WhereConfig where;
    private boolean all;
    private boolean aligned = true;
    private OnUpdate onUpdate = OnUpdate.OVERWRITE;
    private Function<String, @Nullable Lookup> lookups = reference -> null;
    private OnDelete onDelete = OnDelete.DELETE;
    private OnPartitionDrop onPartitionDrop = OnPartitionDrop.FAIL;
    private OnCascade onCascade = OnCascade.FAIL;
    private TablesConfig tables;
    private @Nullable TargetTableConfig target;

    public MappingBuilder(String template, String timestampField) {
        this("reading", template, timestampField);
    }

    public MappingBuilder(String table, String template, String timestampField) {
        this.table = table;
        this.template = template;
        this.time = TimeConfig.of(timestampField, null);
    }

    public MappingBuilder measurement(String column) {
        return measurement(new MeasurementConfig(column, column, null, null, null));
    }

    /** Of a type of its own. */
    public MappingBuilder measurement(String column, String type) {
        return measurement(new MeasurementConfig(column, column, type, null, null));
    }

    public MappingBuilder measurement(MeasurementConfig measurement) {
        measurements.add(measurement);
        return this;
    }

    public MappingBuilder unit(TimestampUnit timestampUnit) {
        time = TimeConfig.of(time.fields().get(0), timestampUnit);
        return this;
    }

    public MappingBuilder time(TimeConfig config) {
        time = config;
        return this;
    }

    /** Of some rows only. */
    public MappingBuilder where(String text) {
        try {
            where = WhereConfig.parse(text);
        } catch (IllegalConditionException e) {
            throw new IllegalArgumentException(e);
        }
        return this;
    }

    public MappingBuilder all() {
        all = true;
        return this;
    }

    public MappingBuilder notAligned() {
        aligned = false;
        return this;
    }

    public MappingBuilder policies(OnUpdate update, OnDelete delete) {
        onUpdate = update;
        onDelete = delete;
        return this;
    }

    /** What becomes of rows that MySQL changes without logging each. */
    public MappingBuilder policies(OnPartitionDrop drop, OnCascade cascade) {
        onPartitionDrop = drop;
        onCascade = cascade;
        return this;
    }

    /** What names in braces look up; null: they are columns. */
    public MappingBuilder lookups(Function<String, Lookup> of) {
        lookups = reference -> reference.contains(".") ? of.apply(reference) : null;
        return this;
    }

    /** By a pattern that its table matches. */
    public MappingBuilder pattern(String pattern) {
        tables = new TablesConfig(true, List.of(pattern));
        return this;
    }

    /** Of the table model; then the template does not count. */
    public MappingBuilder target(TargetTableConfig table) {
        target = table;
        return this;
    }

    public MappingConfig build() {
        return new MappingConfig(
                table,
                tables,
                null,
                time,
                where,
                template,
                aligned,
                new RowPolicies(onUpdate, onDelete, onPartitionDrop, onCascade, OnDuplicate.LAST),
                all,
                measurements,
                target);
    }

    /** The plan for this table, in zone Asia/Hong_Kong. */
    public TableMapping plan(TimePrecision precision, Column... columns) {
        MappingPlan plan = findings(precision, columns);
        return Objects.requireNonNull(plan.mapping(), () -> plan.findings().toString());
    }

    /** The plan, which may be none. */
    MappingPlan findings(TimePrecision precision, Column... columns) {
        return MappingPlanner.plan(
                0,
                build(),
                Columns.table(columns),
                ZoneId.of("Asia/Hong_Kong"),
                new TargetFacts(precision, 1_000),
                lookups);
    }
}
