package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import java.io.Serializable;

/**
 * A configuration item that was looked up.
 *
 * @param name what people call it; its sys_id if it has no name
 * @param sysId its key
 */
public record ConfigurationItem(String name, String sysId) implements Serializable {}
