package io.iotdbmigrate.flink.cdc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;

/** A list of a checkpoint, for tests of what is in it. */
final class ListInMemory implements ListState<byte[]> {
    private final List<byte[]> elements = new ArrayList<>();

    /** The lists of one operator. */
    static final class All {
        private final Map<String, ListInMemory> lists = new HashMap<>();

        ListInMemory get(String name) {
            return lists.computeIfAbsent(name, n -> new ListInMemory());
        }
    }

    @Override
    public List<byte[]> get() {
        return List.copyOf(elements);
    }

    @Override
    public void add(byte[] element) {
        elements.add(element);
    }

    @Override
    public void addAll(List<byte[]> more) {
        elements.addAll(more);
    }

    @Override
    public void update(List<byte[]> others) {
        elements.clear();
        elements.addAll(others);
    }

    @Override
    public void clear() {
        elements.clear();
    }
}
