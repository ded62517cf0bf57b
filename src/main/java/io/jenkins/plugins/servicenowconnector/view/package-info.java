/** What people see of a build's tickets, and where a build keeps it. */
package io.jenkins.plugins.servicenowconnector.view;
