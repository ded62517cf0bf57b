/** Attaches files to a ticket, each of them once. */
package io.jenkins.plugins.servicenowconnector.engine.ticket.files;
