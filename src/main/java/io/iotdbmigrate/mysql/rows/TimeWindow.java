package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.model.TimePrecision;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in IoTDB's unit.
 *
 * @param since first time, null: from the beginning
 * @param until first time that is no longer in it, null: to the end
 */
record TimeWindow(@Nullable Instant since, @Nullable Instant until, TimePrecision precision) {

    boolean isLimited() {
        return since != null || until != null;
    }

    boolean holds(long time) {
        return (since == null || time >= units(since)) && (until == null || time < units(until));
    }

    private long units(Instant instant) {
        return new BigDecimal(instant.getEpochSecond())
                .add(new BigDecimal(instant.getNano()).movePointLeft(9))
                .movePointRight(precision.fractionDigits())
                .setScale(0, RoundingMode.CEILING)
                .longValue();
    }
}
