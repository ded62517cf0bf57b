package io.jenkins.plugins.servicenowconnector.engine.ticket.files;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.Serializable;

/**
 * What became of one file.
 *
 * @param fileName its name
 * @param size its size in bytes when it was looked at
 * @param result what became of it
 * @param sysId the attachment's key; empty if there is none
 * @param failure why it is not attached; null if it is
 */
public record FileOutcome(String fileName, long size, Result result, String sysId, ServiceNowException failure)
        implements Serializable {

    /** What can become of a file. */
    public enum Result {
        /** It was sent and is there. */
        ATTACHED,
        /** The same file was there already, so it was not sent. */
        ALREADY_THERE,
        /** It is not attached, or nobody can tell. */
        FAILED
    }

    static FileOutcome attached(FileToAttach file, String sysId) {
        return new FileOutcome(file.name(), file.size(), Result.ATTACHED, sysId, null);
    }

    static FileOutcome alreadyThere(FileToAttach file, String sysId) {
        return new FileOutcome(file.name(), file.size(), Result.ALREADY_THERE, sysId, null);
    }

    static FileOutcome failed(FileToAttach file, ServiceNowException failure) {
        return new FileOutcome(file.name(), file.size(), Result.FAILED, "", failure);
    }
}
