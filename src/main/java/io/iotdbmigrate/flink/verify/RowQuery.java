package io.iotdbmigrate.flink.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Some rows that IoTDB is asked for together: what any of the devices has at any of the times, so
 * more than is wanted. Times lie side by side, as the server looks only into files that cover them.
 *
 * @param times ascending
 * @param devices in their order
 */
record RowQuery(List<Long> times, List<String> devices) {

    /**
     * Plans questions that together find all that is wanted.
     *
     * @param wanted the devices, by time
     * @param mostTimes of one question
     * @param mostRows that one question may find; more only where as many devices share one time
     */
    static List<RowQuery> about(SortedMap<Long, Set<String>> wanted, int mostTimes, int mostRows) {
        List<RowQuery> questions = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        Set<String> devices = new HashSet<>();
        for (Map.Entry<Long, Set<String>> next : wanted.entrySet()) {
            long others = next.getValue().stream().filter(d -> !devices.contains(d)).count();
            long found = (devices.size() + others) * (times.size() + 1L);
            if (!times.isEmpty() && (times.size() == mostTimes || found > mostRows)) {
                questions.add(of(times, devices));
                times.clear();
                devices.clear();
            }
            times.add(next.getKey());
            devices.addAll(next.getValue());
        }
        if (!times.isEmpty()) {
            questions.add(of(times, devices));
        }
        return questions;
    }

    private static RowQuery of(List<Long> times, Set<String> devices) {
        return new RowQuery(List.copyOf(times), List.copyOf(new TreeSet<>(devices)));
    }
}
