package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.model.Chunk;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.verify.Buckets;
import io.iotdbmigrate.verify.SideSums;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What is looked at row by row: the buckets whose sums differ.
 *
 * @param differing per unit
 * @param groups per unit, the groups of devices that these buckets are of
 * @param chunks of MySQL that may hold rows of these buckets
 */
public record Focus(
        Buckets buckets, List<BitSet> differing, List<BitSet> groups, List<Chunk> chunks)
        implements Serializable {
    public Focus {
        differing = List.copyOf(differing);
        groups = List.copyOf(groups);
        chunks = List.copyOf(chunks);
    }

    static Focus of(VerifySpec spec, SideSums mysql, SideSums iotdb) {
        List<BitSet> differing = new ArrayList<>();
        List<BitSet> groups = new ArrayList<>();
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < spec.units().size(); i++) {
            BitSet of = mysql.table(i).sums().differing(iotdb.table(i).sums());
            BitSet group = new BitSet();
            of.stream().forEach(bucket -> group.set(spec.buckets().group(bucket)));
            differing.add(of);
            groups.add(group);
            mysql.table(i).chunks().stream()
                    .filter(trace -> trace.mayHold(of))
                    .forEach(trace -> chunks.add(trace.chunk()));
        }
        return new Focus(spec.buckets(), differing, groups, chunks);
    }

    public boolean isEmpty() {
        return differing.stream().allMatch(BitSet::isEmpty);
    }

    boolean mayHold(int table, Device device) {
        return groups.get(table).get(buckets.groupOf(device));
    }

    boolean holds(int table, Device device, long time) {
        return differing.get(table).get(buckets.of(device, time));
    }
}
