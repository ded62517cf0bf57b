package io.jenkins.plugins.servicenowconnector.engine.rest;

import java.io.Serializable;
import java.util.Locale;

/**
 * A file that is attached to a record, without its content.
 *
 * @param sysId its own key
 * @param fileName its name; several of a record may have the same
 * @param size its size in bytes; -1 if the answer does not say
 * @param hash the SHA-256 of its content in lower-case hex; empty if the answer has none, as right after the upload
 *     (servicenow-rest §4)
 * @param state what the virus scanner thinks of it, {@code available} where it found nothing or there is none; empty if the
 *     answer does not say
 */
public record Attachment(String sysId, String fileName, long size, String hash, String state) implements Serializable {

    static Attachment of(Row row) {
        String size = row.value("size_bytes");
        String hash = row.value("hash").toLowerCase(Locale.ROOT);
        return new Attachment(
                row.value("sys_id"),
                row.value("file_name"),
                size.matches("[0-9]{1,18}") ? Long.parseLong(size) : -1,
                hash.matches("[0-9a-f]{64}") ? hash : "",
                row.value("state"));
    }

    /** Whether it can be opened: not when a scanner keeps it back. States that nobody has documented count as open. */
    public boolean isBlocked() {
        return state.startsWith("not_") || state.contains("quarantine") || state.contains("infected");
    }

    /** Whether a scanner has not said yet what it thinks. */
    public boolean isPending() {
        return state.equals("pending");
    }
}
