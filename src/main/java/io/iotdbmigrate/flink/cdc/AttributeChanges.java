package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.names.AttributeName;
import io.iotdbmigrate.model.Change;
import io.iotdbmigrate.model.Change.Kind;
import io.iotdbmigrate.model.Device;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.Partitioner;

/**
 * The attribute changes that a look-up gives. Any writer may have rows of such a device before it,
 * with the attribute that was: so each is told, behind these rows.
 */
final class AttributeChanges {
    private AttributeChanges() {}

    /**
     * Returns the changes for all writers. Mappings of one table of IoTDB have the same attributes,
     * and a statement sets those of all its devices, so one of the mappings stands for them.
     */
    static List<Change> of(List<TableMapping> mappings, AttributeName changed, int writers) {
        List<Change> changes = new ArrayList<>();
        Set<String> tables = new HashSet<>();
        for (int mapping = 0; mapping < mappings.size(); mapping++) {
            List<TableMapping.Measurement> attributes = mappings.get(mapping).attributes();
            if (attributes.isEmpty() || !tables.add(mappings.get(mapping).tags().table())) {
                continue;
            }
            for (int a = 0; a < attributes.size(); a++) {
                Lookup lookup = attributes.get(a).lookup();
                if (lookup != null && lookup.reference().equals(changed.reference())) {
                    for (int writer = 0; writer < writers; writer++) {
                        changes.add(
                                new Change(
                                        mapping,
                                        Kind.ATTRIBUTE,
                                        Device.of(String.valueOf(writer)),
                                        a,
                                        new Object[] {changed.value().orElse(null)},
                                        List.of(changed.key())));
                    }
                }
            }
        }
        return changes;
    }

    /**
     * A partitioner that sends the changes of a device to one writer, those of attributes to
     * theirs.
     */
    static final class ByWriter implements Partitioner<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public int partition(String device, int writers) {
            boolean isWriter = device.chars().allMatch(c -> c >= '0' && c <= '9');
            return isWriter
                    ? Integer.parseInt(device) % writers
                    : Math.floorMod((device.hashCode() * 0x9E3779B9) >>> 8, writers);
        }
    }
}
