/** Creates a ticket once for each step, whatever happens to calls, agents and Jenkins in between. */
package io.jenkins.plugins.servicenowconnector.engine.ticket.once;
