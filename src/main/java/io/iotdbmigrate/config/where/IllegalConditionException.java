package io.iotdbmigrate.config.where;

/** A condition that is not understood; the message goes behind the text and names the remedy. */
public final class IllegalConditionException extends Exception {
    private static final long serialVersionUID = 1L;

    IllegalConditionException(String message) {
        super(message);
    }
}
