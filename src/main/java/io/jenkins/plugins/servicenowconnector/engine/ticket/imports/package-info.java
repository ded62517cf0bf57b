/** Puts rows into staging tables. */
package io.jenkins.plugins.servicenowconnector.engine.ticket.imports;
