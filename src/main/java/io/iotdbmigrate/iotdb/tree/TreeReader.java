package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.iotdb.CorrectedRows;
import io.iotdbmigrate.iotdb.ReadColumn;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.iotdb.TargetReader;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TableMapping;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.jspecify.annotations.Nullable;

/** {@link TargetReader} for the tree model. */
public final class TreeReader implements TargetReader {
    private final Retries retries;

    public TreeReader(Retries retries) {
        this.retries = retries;
    }

    @Override
    public List<StoredDevice> devices(List<TableMapping> unit) throws IOException {
        Map<String, StoredDevice> found = new LinkedHashMap<>();
        boolean versions = unit.stream().anyMatch(m -> m.onUpdate() == OnUpdate.VERSION);
        for (TableMapping mapping : unit) {
            if (mapping.isTall()) {
                TallDevices.of(retries, mapping)
                        .forEach(
                                path -> found.putIfAbsent(path, new StoredDevice(path, List.of())));
            }
        }
        for (DeviceTemplate template :
                unit.stream()
                        .filter(m -> !m.isTall())
                        .map(TableMapping::template)
                        .distinct()
                        .toList()) {
            DeviceList.of(retries, template, versions)
                    .forEach(device -> found.putIfAbsent(device.path(), device));
        }
        return List.copyOf(found.values());
    }

    @Override
    public long countDevices(TableMapping mapping) throws IOException {
        if (mapping.isTall()) {
            return TallDevices.of(retries, mapping).size();
        }
        String query = "COUNT DEVICES " + mapping.template().pattern();
        try {
            return retries.call(
                    session -> {
                        try (SessionDataSet count = session.executeQueryStatement(query)) {
                            return count.hasNext()
                                    ? count.next().getFields().get(0).getLongV()
                                    : 0L;
                        }
                    });
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to count devices", e);
        }
    }

    @Override
    public StoredRows rows(List<ReadColumn> columns, List<StoredDevice> devices, TimeFilter times)
            throws IOException {
        return CorrectedRows.of(
                devices, columns, plain -> new DeviceRows(retries, columns, plain, times));
    }

    @Override
    public Map<String, RowCount> countRows(
            List<String> measurements,
            @Nullable String mark,
            List<StoredDevice> devices,
            TimeFilter times)
            throws IOException {
        return new RowCounter(retries, measurements, mark, times)
                .of(devices.stream().map(StoredDevice::path).toList());
    }

    @Override
    public List<Long> countValues(TableMapping mapping) throws IOException {
        return DeviceValues.count(retries, mapping);
    }

    @Override
    public void close() {
        retries.close();
    }
}
