package io.jenkins.plugins.servicenowconnector.engine.ticket.form;

/**
 * One entry of a drop-down.
 *
 * @param value what is stored
 * @param label what a person reads, in the language of the API user
 */
public record FormOption(String value, String label) {}
