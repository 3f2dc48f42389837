package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.BinlogPosition;
import java.util.Comparator;

/** Which of two positions of one server comes first. */
final class PositionOrder {
    /** A server counts its binlog files; past 999999 the number grows a digit. */
    private static final Comparator<BinlogPosition> ORDER =
            Comparator.comparingInt((BinlogPosition p) -> p.file().length())
                    .thenComparing(BinlogPosition::file)
                    .thenComparingLong(BinlogPosition::offset);

    private PositionOrder() {}

    static boolean hasReached(BinlogPosition applied, BinlogPosition wanted) {
        return ORDER.compare(applied, wanted) >= 0;
    }
}
