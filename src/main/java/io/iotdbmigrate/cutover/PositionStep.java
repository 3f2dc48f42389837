package io.iotdbmigrate.cutover;

import io.iotdbmigrate.model.BinlogPosition;
import java.time.Duration;

/** A step that notes MySQL's final position, once the mapped tables stand still. */
record PositionStep(Binlog binlog, Clock clock, Duration limit) implements Step {
    private static final Duration BETWEEN_READS = Duration.ofMillis(100);

    @Override
    public StepName name() {
        return StepName.POSITION;
    }

    @Override
    public String plan() {
        return "read the binlog position twice, unmoved";
    }

    @Override
    public String tooLong() {
        return "mapped tables are still written after the pause: find the writer, or pause with"
                + " super_read_only or lock_tables";
    }

    @Override
    public String apply(Notes notes) throws Exception {
        SlippedWrites slipped = new SlippedWrites(binlog);
        BinlogPosition first = binlog.position();
        while (true) {
            clock.sleep(BETWEEN_READS);
            BinlogPosition second = binlog.position();
            if (second.equals(first) || slipped.none(first)) {
                notes.add(facts -> facts.at(second));
                return second.toString();
            }
            first = second;
        }
    }

    @Override
    public boolean holds(Notes notes) throws Exception {
        return new SlippedWrites(binlog).none(SlippedWrites.noted(notes.facts()));
    }
}
