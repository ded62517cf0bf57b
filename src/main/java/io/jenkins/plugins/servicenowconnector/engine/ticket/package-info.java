/** What is done with tickets: create one, read one, read many at once. */
package io.jenkins.plugins.servicenowconnector.engine.ticket;
