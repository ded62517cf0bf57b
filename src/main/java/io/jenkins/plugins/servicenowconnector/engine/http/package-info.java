/**
 * The seam to the network: a {@link io.jenkins.plugins.servicenowconnector.engine.http.Transport} takes a request value and
 * gives an answer value; how a call failed is a {@link
 * io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException}.
 */
package io.jenkins.plugins.servicenowconnector.engine.http;
