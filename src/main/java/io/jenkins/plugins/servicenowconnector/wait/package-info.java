/** Approvals that wait: registered, looked at, resumed, ended. */
package io.jenkins.plugins.servicenowconnector.wait;
