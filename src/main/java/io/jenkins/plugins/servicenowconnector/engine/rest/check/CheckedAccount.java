package io.jenkins.plugins.servicenowconnector.engine.rest.check;

import java.io.Serializable;

/**
 * Who ServiceNow says we are.
 *
 * @param userName the user name
 * @param name the name that people read
 * @param timeZone the account's own time zone; empty for the instance's
 */
public record CheckedAccount(String userName, String name, String timeZone) implements Serializable {}
