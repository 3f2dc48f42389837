package io.iotdbmigrate.cli.terminal;

import java.util.Optional;

/** What stdout and stderr are attached to. */
public interface Screen {

    /** Returns how text on stdout may look. */
    Style out();

    /** Returns a place for lines that change on stderr; empty if that is no terminal. */
    Optional<ProgressArea> liveArea();

    /** Returns someone who reads stderr and types; empty if that is no terminal. */
    default Optional<Prompt> prompt() {
        return Optional.empty();
    }

    /** Tells whether stderr is a terminal that has characters of bars. */
    default boolean hasBlocks() {
        return false;
    }

    /** Returns a screen of which neither is a terminal. */
    static Screen none() {
        return new Screen() {
            @Override
            public Style out() {
                return Style.PLAIN;
            }

            @Override
            public Optional<ProgressArea> liveArea() {
                return Optional.empty();
            }
        };
    }
}
