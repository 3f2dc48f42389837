package io.iotdbmigrate.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A hash over named facts in the order in which they are added. It is kept in journals and files,
 * so it must not depend on the name of a class or on how one prints itself. Not thread-safe.
 */
public final class Fingerprint {
    private static final int BYTES = 16;

    private final MessageDigest digest;

    /** Begins with no facts. */
    public Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds a fact. */
    public Fingerprint add(String name, String value) {
        text(name);
        text(value);
        return this;
    }

    /** Adds a number. */
    public Fingerprint add(String name, long value) {
        return add(name, Long.toString(value));
    }

    /** Adds a truth value. */
    public Fingerprint add(String name, boolean value) {
        return add(name, Boolean.toString(value));
    }

    /** Returns the hash of what was added, 32 hexadecimal digits, and begins anew. */
    public String hex() {
        return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES));
    }

    /** Adds a text behind its length, so that no two lists of texts are alike. */
    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
