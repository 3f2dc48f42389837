package io.iotdbmigrate.cutover;

import io.iotdbmigrate.cutover.CdcJob.Place;
import io.iotdbmigrate.model.BinlogPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What later steps, an undo, or another process must know.
 *
 * @param former what the write gate changed, as it was before; empty while it changed nothing
 * @param pausedAt when writes were first paused
 * @param resumedAt when they could go on in MySQL
 * @param place where the CDC job was found
 * @param position the last one of MySQL
 * @param savepoint the CDC job's
 * @param remarks for the report
 */
public record Facts(
        Map<String, String> former,
        @Nullable Instant pausedAt,
        @Nullable Instant resumedAt,
        @Nullable Place place,
        @Nullable BinlogPosition position,
        @Nullable String savepoint,
        @Nullable Verified verified,
        List<String> remarks) {

    static final Facts NONE = new Facts(Map.of(), null, null, null, null, null, null, List.of());

    public Facts {
        former = Map.copyOf(former);
        remarks = List.copyOf(remarks);
    }

    Facts pausing(Map<String, String> before, Instant now) {
        Instant first = pausedAt == null ? now : pausedAt;
        return new Facts(before, first, null, place, position, savepoint, verified, remarks);
    }

    Facts resumed(Instant now) {
        return new Facts(Map.of(), pausedAt, now, place, position, savepoint, verified, remarks);
    }

    Facts foundAt(Place found) {
        return new Facts(
                former, pausedAt, resumedAt, found, position, savepoint, verified, remarks);
    }

    Facts at(BinlogPosition last) {
        return new Facts(former, pausedAt, resumedAt, place, last, savepoint, verified, remarks);
    }

    Facts stopped(@Nullable String path) {
        return new Facts(former, pausedAt, resumedAt, place, position, path, verified, remarks);
    }

    Facts verified(Verified result) {
        return new Facts(former, pausedAt, resumedAt, place, position, savepoint, result, remarks);
    }

    Facts remark(String sentence) {
        List<String> more = new ArrayList<>(remarks);
        more.add(sentence);
        return new Facts(former, pausedAt, resumedAt, place, position, savepoint, verified, more);
    }

    /** Returns how long MySQL took no writes. */
    public Duration paused(Instant now) {
        if (pausedAt == null) {
            return Duration.ZERO;
        }
        return Duration.between(pausedAt, resumedAt == null ? now : resumedAt);
    }
}
