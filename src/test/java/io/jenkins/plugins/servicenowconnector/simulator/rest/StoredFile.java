package io.jenkins.plugins.servicenowconnector.simulator.rest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is kept of an attachment's content: never the content.
 *
 * @param sysId the attachment's
 * @param contentType as it was sent
 * @param sha256 of the bytes that arrived, whatever the instance tells of it
 */
public record StoredFile(
        String sysId,
        String tableName,
        String tableSysId,
        String fileName,
        String contentType,
        long size,
        String sha256) {

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
