package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.BinlogPosition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Further looks at attributes that differed while replication runs: each comes when replication has
 * applied what MySQL had. What differs every time, differs.
 */
public final class AttributeRecheck {
    private final CatchUp catchUp;

    /** A look at devices, which returns those of them that differ still. */
    @FunctionalInterface
    public interface Look {
        List<Difference> again(List<Difference> differences) throws IOException;
    }

    /**
     * @param patience with replication that lags, per look
     */
    public AttributeRecheck(Recheck.BinlogProgress replication, Duration patience) {
        this.catchUp = new CatchUp(replication, patience);
    }

    /** Looks again so many times, or until nothing differs. */
    public Recheck.Result run(List<Difference> differences, int times, Look look)
            throws IOException {
        List<Difference> left = differences;
        BinlogPosition at = null;
        for (int i = 0; i < times && !left.isEmpty(); i++) {
            catchUp.pauseBefore(i);
            CatchUp.Result applied = catchUp.await();
            if (!applied.reached()) {
                return new Recheck.Result(left, at, catchUp.late(applied));
            }
            at = applied.at();
            left = look.again(left);
        }
        return new Recheck.Result(left, at, null);
    }
}
