package io.jenkins.plugins.servicenowconnector.engine.ticket.form;

/**
 * A field of a table as its dictionary describes it.
 *
 * @param name its name
 * @param label what a person reads
 * @param isMandatory whether the dictionary demands it; data policies may demand more
 * @param isReadOnly whether values sent for it are dropped, or refused here
 * @param type ServiceNow's internal type, such as {@code string} or {@code reference}
 * @param maxLength longest text it holds; 0 if unknown
 */
public record FormField(
        String name, String label, boolean isMandatory, boolean isReadOnly, String type, int maxLength) {}
