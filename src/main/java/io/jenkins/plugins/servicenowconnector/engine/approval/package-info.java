/** When a ticket counts as approved or rejected: pure functions of (criteria, ticket, now). */
package io.jenkins.plugins.servicenowconnector.engine.approval;
