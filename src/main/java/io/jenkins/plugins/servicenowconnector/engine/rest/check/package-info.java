/** What an administrator is told about a connection before anybody depends on it. */
package io.jenkins.plugins.servicenowconnector.engine.rest.check;
