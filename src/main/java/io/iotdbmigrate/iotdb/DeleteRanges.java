package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.model.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which ranges of time can be deleted on which devices at once, so that all condemned points go and
 * no other. Of each device one must know all points between the two times that were asked for.
 */
public final class DeleteRanges {
    /** A run is compared with so many ranges, lest very many of them take quadratic time. */
    private static final int COMPARED = 100;

    private DeleteRanges() {}

    /**
     * Condemned points of one device between which no other lies.
     *
     * @param points how many, at least 1
     * @param first time that must go
     * @param last time that must go
     * @param freeFrom no point that stays lies from here to {@code first}
     * @param freeTo nor from {@code last} to here
     */
    public record Run(
            Device device, int points, long first, long last, long freeFrom, long freeTo) {}

    /**
     * One deletion.
     *
     * @param from included
     * @param to included
     */
    public record Range(long from, long to, List<Run> runs) {
        public Range {
            runs = List.copyOf(runs);
        }

        /** Returns how many points go. */
        public int points() {
            return runs.stream().mapToInt(Run::points).sum();
        }

        /** Returns the devices of the runs. */
        public List<Device> devices() {
            return runs.stream().map(Run::device).toList();
        }
    }

    /**
     * Returns the runs of one device, in the order of time.
     *
     * @param condemned ascending, each once; those that do not exist need no deletion
     * @param existing all that exist from {@code from} to {@code to}, both included; ascending,
     *     each once
     */
    public static List<Run> runs(
            Device device, long[] condemned, long[] existing, long from, long to) {
        List<Run> runs = new ArrayList<>();
        long freeFrom = from;
        int start = 0;
        for (int i = 0; i <= existing.length; i++) {
            boolean stays = i == existing.length || Arrays.binarySearch(condemned, existing[i]) < 0;
            if (stays) {
                if (i > start) {
                    long freeTo = i == existing.length ? to : existing[i] - 1;
                    runs.add(
                            new Run(
                                    device,
                                    i - start,
                                    existing[start],
                                    existing[i - 1],
                                    freeFrom,
                                    freeTo));
                }
                start = i + 1;
                freeFrom = i == existing.length ? to : existing[i] + 1;
            }
        }
        return runs;
    }

    /** Returns few ranges that cover all runs, each run by one of them. */
    public static List<Range> of(List<Run> runs) {
        List<Run> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparingLong(Run::first).thenComparingLong(Run::last));
        List<Growing> ranges = new ArrayList<>();
        for (Run run : sorted) {
            ranges.subList(Math.max(0, ranges.size() - COMPARED), ranges.size()).stream()
                    .filter(range -> range.takes(run))
                    .findFirst()
                    .orElseGet(
                            () -> {
                                Growing range = new Growing();
                                ranges.add(range);
                                return range;
                            })
                    .add(run);
        }
        return ranges.stream().map(range -> new Range(range.from, range.to, range.runs)).toList();
    }

    /** A range while runs come to it, and how far all of these let it grow. */
    private static final class Growing {
        private final List<Run> runs = new ArrayList<>();
        private long from = Long.MAX_VALUE;
        private long to = Long.MIN_VALUE;
        private long freeFrom = Long.MIN_VALUE;
        private long freeTo = Long.MAX_VALUE;

        boolean takes(Run run) {
            return Math.min(from, run.first()) >= Math.max(freeFrom, run.freeFrom())
                    && Math.max(to, run.last()) <= Math.min(freeTo, run.freeTo());
        }

        void add(Run run) {
            runs.add(run);
            from = Math.min(from, run.first());
            to = Math.max(to, run.last());
            freeFrom = Math.max(freeFrom, run.freeFrom());
            freeTo = Math.min(freeTo, run.freeTo());
        }
    }
}
