/** What forms offer in their drop-downs. */
package io.jenkins.plugins.servicenowconnector.engine.ticket.form;
