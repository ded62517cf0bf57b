/** What a ticket is made of: what a user gives is checked, then looked up, then put together into the fields to send. */
package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;
