package io.iotdbmigrate.plan;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.iotdb.IotdbSessions;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.TargetPreflight;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.mapping.names.NameChange;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.Lookups;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.ServerName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;

/**
 * What a job needs to know of both servers before it starts.
 *
 * @param mappings one per wanted entry of {@code iotdb.mappings}, in the order of the config
 * @param schemas the live schema of each mapping's table, in the same order
 * @param lookups the columns that names are looked up in, as they were read
 * @param precision of the IoTDB server
 * @param findings of all mappings, none of them an error
 */
public record MigrationPlan(
        List<TableMapping> mappings,
        List<TableSchema> schemas,
        List<LookupColumn> lookups,
        TimePrecision precision,
        List<Finding> findings) {

    public MigrationPlan {
        mappings = List.copyOf(mappings);
        schemas = List.copyOf(schemas);
        lookups = List.copyOf(lookups);
        findings = List.copyOf(findings);
    }

    /**
     * Returns the mappings that are settled, compared and repaired together, most by themselves.
     */
    public List<TargetUnit> units() {
        return TargetUnit.of(mappings);
    }

    /**
     * Returns which tables were taken along with the wanted ones, because they write the same
     * series: a sentence, empty if none was.
     */
    public Optional<String> takenAlong(List<String> onlyTables) {
        List<String> others =
                mappings.stream()
                        .map(m -> m.name())
                        .filter(name -> !onlyTables.isEmpty() && !onlyTables.contains(name))
                        .distinct()
                        .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "taken along, as they write the same series: " + String.join(", ", others));
    }

    /**
     * Asks both servers and plans.
     *
     * @param onlyTables the tables wanted, with which come those that write the same series; empty
     *     means all
     * @throws UserException exit code 3 with the sentence of every error, one a line; 4 or 5 if a
     *     server cannot be reached
     */
    public static MigrationPlan of(MigrationConfig config, List<String> onlyTables) {
        return of(config, onlyTables, List.of());
    }

    /**
     * Asks both servers and plans to look at what IoTDB holds.
     *
     * @param gone rows of look-ups that were deleted since the backfill: what they named keeps
     *     their names
     */
    public static MigrationPlan of(
            MigrationConfig config, List<String> onlyTables, List<NameChange> gone) {
        TablePlans.requireMapped(config, onlyTables);
        TargetFacts target = target(config);
        List<LookupColumn> lookups = new ArrayList<>();
        List<TablePlan> plans = plans(config, onlyTables, target, gone, lookups);
        List<Finding> findings =
                Stream.concat(
                                plans.stream().flatMap(p -> p.findings().stream()),
                                SharedSeries.findings(plans).stream())
                        .toList();
        List<Finding> errors =
                findings.stream().filter(f -> f.severity() == Finding.Severity.ERROR).toList();
        if (!errors.isEmpty()) {
            throw new UserException(
                    errors.get(0).exitCode(),
                    errors.stream().map(Finding::sentence).collect(Collectors.joining("\n")));
        }
        return new MigrationPlan(
                plans.stream().map(TablePlan::mapping).toList(),
                plans.stream().map(TablePlan::schema).toList(),
                lookups,
                target.precision(),
                findings);
    }

    private static List<TablePlan> plans(
            MigrationConfig config,
            List<String> onlyTables,
            TargetFacts target,
            List<NameChange> gone,
            List<LookupColumn> read) {
        try (Connection connection = MySqlConnections.open(config.mysql())) {
            Lookups lookups = new Lookups(config, connection, gone);
            List<TablePlan> plans =
                    TablePlans.read(config, onlyTables, connection, lookups, target);
            read.addAll(lookups.columns());
            return plans;
        } catch (SQLException e) {
            throw new UserException(
                    ExitCode.MYSQL,
                    ServerName.at(config.mysql())
                            + " did not answer which columns the tables have ("
                            + e.getMessage()
                            + "); see its error log, then start again",
                    e);
        }
    }

    private static TargetFacts target(MigrationConfig config) {
        try (TargetPreflight iotdb = Targets.preflight(config.iotdb())) {
            iotdb.requireSight(DeviceTemplate.of(config.mappings()));
            return iotdb.facts();
        } catch (IoTDBConnectionException e) {
            throw IotdbSessions.explain(config.iotdb(), e);
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to say what it can", e);
        }
    }
}
