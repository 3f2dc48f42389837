package io.iotdbmigrate.mapping.names;

import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;

/** Sentences with which a replication stops at a change of a name, exit code 6. */
final class NameStops {
    private static final String AGAIN =
            "copy the tables as they are now with iotdb-migrate backfill --restart, then start cdc"
                    + " again";

    private NameStops() {}

    /** Says that a key in use has another name. */
    static UserException renamed(NameChange change, LookupColumn of) {
        return new UserException(
                ExitCode.JOB_FAILED,
                "the name {"
                        + change.reference()
                        + "} of "
                        + of.key().name()
                        + " "
                        + change.key()
                        + " was changed in "
                        + change.table()
                        + " at "
                        + change.position()
                        + " from \""
                        + change.name()
                        + "\" to \""
                        + change.newName()
                        + "\", and IoTDB has its rows under the old one; nothing behind it was"
                        + " applied. To go on under the new name, set on_rename: fork for"
                        + " iotdb.lookups."
                        + of.lookup()
                        + " and start cdc again; or "
                        + AGAIN);
    }

    /** Says that the rows of two keys could no longer be told apart. */
    static UserException shared(
            LookupColumn of, NameOwners names, String key, String other, ChangePosition position) {
        return new UserException(
                ExitCode.JOB_FAILED,
                "the change of "
                        + of.key().name()
                        + " "
                        + key
                        + " in "
                        + of.table()
                        + " at "
                        + position
                        + " gives two keys of {"
                        + String.join(
                                "}, {", names.lookups().stream().map(Lookup::reference).toList())
                        + "} the same name, as "
                        + other
                        + " has it, and their rows could not be told apart; nothing behind it was"
                        + " applied. Give each its own name, or add {"
                        + of.root()
                        + "} itself, then "
                        + AGAIN);
    }
}
