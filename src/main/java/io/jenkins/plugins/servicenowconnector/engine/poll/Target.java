package io.jenkins.plugins.servicenowconnector.engine.poll;

import java.io.Serializable;

/**
 * What waits must have in common to share a request.
 *
 * @param connector the connector's full id
 * @param label the agent label; empty for the connector's own
 * @param table the tickets' table
 */
public record Target(String connector, String label, String table) implements Serializable {}
