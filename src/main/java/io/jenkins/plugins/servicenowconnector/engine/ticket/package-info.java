/** What is done with tickets: create one and no second one, read one, read many at once. */
package io.jenkins.plugins.servicenowconnector.engine.ticket;
