package io.jenkins.plugins.servicenowconnector.engine.http;

/** The HTTP methods that ServiceNow's interfaces want from us. */
public enum Method {
    GET,
    POST,
    PATCH;

    /** Whether the method changes nothing, so that it may be sent again after any failure. */
    public boolean isRead() {
        return this == GET;
    }
}
