package io.iotdbmigrate.bench;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What was measured over one table. */
record Measurements(Readings readings, List<Round> rounds) {

    /**
     * One round.
     *
     * @param scans of MySQL, seconds by way of reading
     * @param iotdb what IoTDB needs alone, seconds by way of doing it
     * @param tree the tool with the same rows in the tree; null if that is what is measured
     */
    record Round(
            Map<String, Double> scans,
            Map<String, Double> iotdb,
            ToolRun tool,
            @Nullable ToolRun tree) {}

    /**
     * One run of the tool.
     *
     * @param jobSeconds as it reports them itself
     */
    record ToolRun(double jobSeconds, double processSeconds, long peakRssKib) {
        long peakRssMib() {
            return peakRssKib / 1024;
        }
    }

    /** The fastest of several ways, by their medians. */
    record Best(String way, double seconds) {}

    Measurements {
        rounds = List.copyOf(rounds);
    }

    Best scan() {
        return best(Round::scans);
    }

    Best iotdb() {
        return best(Round::iotdb);
    }

    double jobSeconds() {
        return median(round -> round.tool().jobSeconds());
    }

    double processSeconds() {
        return median(round -> round.tool().processSeconds());
    }

    long peakRssMib() {
        return rounds.stream().mapToLong(r -> r.tool().peakRssMib()).max().orElseThrow();
    }

    /** Job time to the longer of what each server needs alone. */
    double ratio() {
        return jobSeconds() / Math.max(scan().seconds(), iotdb().seconds());
    }

    /** Job time to that of the same rows in the tree; empty if the tree is what is measured. */
    OptionalDouble ratioToTree() {
        if (rounds.get(0).tree() == null) {
            return OptionalDouble.empty();
        }
        double tree = median(round -> Objects.requireNonNull(round.tree()).jobSeconds());
        return OptionalDouble.of(jobSeconds() / tree);
    }

    private Best best(Function<Round, Map<String, Double>> measured) {
        return measured.apply(rounds.get(0)).keySet().stream()
                .map(way -> new Best(way, median(round -> measured.apply(round).get(way))))
                .min((a, b) -> Double.compare(a.seconds(), b.seconds()))
                .orElseThrow();
    }

    private double median(ToDoubleFunction<Round> value) {
        return Medians.of(rounds.stream().mapToDouble(value));
    }
}
