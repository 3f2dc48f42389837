package io.iotdbmigrate.check;

import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.UserException;

/** A failed connection as a finding. */
final class Unreachable {
    private Unreachable() {}

    /** Splits the sentence, cut into what is wrong and what to do. */
    static Finding finding(String server, UserException e) {
        String[] parts = String.valueOf(e.getMessage()).split("; ", 2);
        return Finding.error(
                e.exitCode(), server, parts[0], parts.length > 1 ? parts[1] : "see the log file");
    }
}
