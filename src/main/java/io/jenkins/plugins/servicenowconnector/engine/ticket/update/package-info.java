/** Changes tickets: fields, work notes, reports, cancellation. */
package io.jenkins.plugins.servicenowconnector.engine.ticket.update;
