package io.iotdbmigrate.mapping;

/** A value that the target cannot hold. The message is the reason, without the value. */
public final class RejectedValueException extends Exception {
    private static final long serialVersionUID = 1L;

    public RejectedValueException(String reason) {
        super(reason, null, false, false);
    }
}
