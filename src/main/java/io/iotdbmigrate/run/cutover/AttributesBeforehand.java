package io.iotdbmigrate.run.cutover;

import io.iotdbmigrate.cutover.CdcJob;
import io.iotdbmigrate.flink.verify.AttributeComparison;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.verify.Difference;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A comparison of the attributes of all devices before the pause, so that those that have differed
 * for long are found while the application still writes.
 */
final class AttributesBeforehand {
    private final CdcJob replication;
    private final TouchedWatch watch;

    AttributesBeforehand(CdcJob replication, TouchedWatch watch) {
        this.replication = replication;
        this.watch = watch;
    }

    /**
     * Requires that no device differs in the same way before and behind a checkpoint.
     *
     * @throws UserException exit code 8, if one does
     */
    void requireEqual() throws Exception {
        List<Difference> found = watch.attributes();
        if (found.isEmpty()) {
            return;
        }
        replication.checkpoint();
        Set<Object> before =
                found.stream().map(AttributeComparison::contents).collect(Collectors.toSet());
        List<Difference> left =
                watch.attributesAgain(found).stream()
                        .filter(d -> before.contains(AttributeComparison.contents(d)))
                        .toList();
        if (!left.isEmpty()) {
            throw new UserException(
                    ExitCode.NOT_SWITCHED,
                    (left.size() == 1
                                    ? "the attributes of a device"
                                    : "the attributes of " + left.size() + " devices")
                            + " are not those of the last row in MySQL, such as of "
                            + left.get(0).key().device()
                            + "; run verify, which names them, and verify --repair");
        }
    }
}
