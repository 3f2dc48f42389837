package io.iotdbmigrate.check;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.iotdb.TargetPreflight;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.UserException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;

/** A check that looks at IoTDB and what it holds of each mapping. */
final class IotdbCheck {
    private final MigrationConfig config;
    private final List<Finding> serverFindings = new ArrayList<>();
    private final List<Finding> tableFindings = new ArrayList<>();

    IotdbCheck(MigrationConfig config) {
        this.config = config;
    }

    /** Returns what mappings have to know of the server, empty if it cannot be asked. */
    Optional<TargetFacts> server(List<DeviceTemplate> templates) {
        try (TargetPreflight iotdb = Targets.preflight(config.iotdb())) {
            TargetFacts facts = iotdb.facts();
            serverFindings.addAll(iotdb.server(config.databases(), templates, deletes()));
            return Optional.of(facts);
        } catch (UserException e) {
            serverFindings.add(Unreachable.finding("IoTDB", e));
        } catch (IoTDBConnectionException | StatementExecutionException e) {
            serverFindings.add(notAnswered(e));
        }
        return Optional.empty();
    }

    /** Tells whether points may be deleted: a value that became null is deleted, too. */
    private boolean deletes() {
        return config.mappings().stream()
                .anyMatch(
                        m -> m.onDelete() == OnDelete.DELETE || m.onUpdate() == OnUpdate.OVERWRITE);
    }

    /**
     * @param mappings each with the time of its oldest row
     */
    void tables(Map<TableMapping, Optional<Instant>> mappings) {
        try (TargetPreflight iotdb = Targets.preflight(config.iotdb())) {
            for (Map.Entry<TableMapping, Optional<Instant>> entry : mappings.entrySet()) {
                tableFindings.addAll(iotdb.table(entry.getKey(), entry.getValue()));
            }
        } catch (UserException e) {
            tableFindings.add(Unreachable.finding("IoTDB", e));
        } catch (IoTDBConnectionException | StatementExecutionException e) {
            tableFindings.add(notAnswered(e));
        }
    }

    List<Finding> serverFindings() {
        return serverFindings;
    }

    List<Finding> tableFindings() {
        return tableFindings;
    }

    private static Finding notAnswered(Exception e) {
        return Finding.error(
                ExitCode.IOTDB,
                "IoTDB",
                "did not answer: " + e.getMessage(),
                "see its log, then check again");
    }
}
