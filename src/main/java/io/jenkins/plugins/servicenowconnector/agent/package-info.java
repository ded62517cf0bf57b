/** Which node makes a call, and the one callable that makes it there. */
package io.jenkins.plugins.servicenowconnector.agent;
