/** Which tickets a user means, and reading them. */
package io.jenkins.plugins.servicenowconnector.engine.ticket.search;
