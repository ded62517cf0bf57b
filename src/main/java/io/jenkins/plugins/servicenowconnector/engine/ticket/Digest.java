package io.jenkins.plugins.servicenowconnector.engine.ticket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes a key of texts, put together so that no two lists of texts give the same bytes. */
public final class Digest {

    private static final int HEX_DIGITS = 32;

    private final MessageDigest sha256;

    /** @param kind what the key is for, so that the same texts give another one for something else */
    public Digest(String kind) {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        add(kind);
    }

    public Digest add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha256.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha256.update(bytes);
        return this;
    }

    /** 32 hex digits; fit for a sys_id. */
    public String hex() {
        return HexFormat.of().formatHex(sha256.digest()).substring(0, HEX_DIGITS);
    }
}
