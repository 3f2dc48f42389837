package io.iotdbmigrate.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Processes that were measured several times under the same name. Not thread-safe. */
final class Medians {
    private final Map<String, List<MeasuredProcess>> runs = new LinkedHashMap<>();

    void add(String name, MeasuredProcess run) {
        runs.computeIfAbsent(name, n -> new ArrayList<>()).add(run);
    }

    double seconds(String name) {
        return of(name, MeasuredProcess::seconds);
    }

    double cpuSeconds(String name) {
        return of(name, MeasuredProcess::cpuSeconds);
    }

    double peakRssMib(String name) {
        return of(name, run -> run.peakRssKib() / 1024.0);
    }

    private double of(String name, ToDoubleFunction<MeasuredProcess> value) {
        List<MeasuredProcess> all = runs.get(name);
        if (all == null) {
            throw new IllegalArgumentException(name + " was not measured");
        }
        return of(all.stream().mapToDouble(value));
    }

    /** Returns the median of one value or more. */
    static double of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
