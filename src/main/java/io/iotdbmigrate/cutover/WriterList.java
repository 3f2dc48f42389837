package io.iotdbmigrate.cutover;

import io.iotdbmigrate.cutover.WriteGate.OpenWriter;
import java.util.List;

/** A list of sessions of MySQL that have written or are about to. */
@FunctionalInterface
public interface WriterList {
    List<OpenWriter> now() throws Exception;
}
