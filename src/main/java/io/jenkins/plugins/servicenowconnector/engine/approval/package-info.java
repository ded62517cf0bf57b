/**
 * When a ticket counts as approved or rejected: pure functions of (criteria, ticket, now).
 *
 * <p>{@link io.jenkins.plugins.servicenowconnector.engine.approval.Terms} say what one wait decides by; given a {@link
 * io.jenkins.plugins.servicenowconnector.engine.approval.Look} with the {@link
 * io.jenkins.plugins.servicenowconnector.engine.approval.Memory} of the looks before, they come to a {@link
 * io.jenkins.plugins.servicenowconnector.engine.approval.Judgement}. Nothing here calls ServiceNow, keeps time, or logs.
 */
package io.jenkins.plugins.servicenowconnector.engine.approval;
