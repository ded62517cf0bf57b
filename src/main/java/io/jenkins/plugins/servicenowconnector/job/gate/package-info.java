/** Approval before a build starts: which builds wait in the queue, for which ticket, and what becomes of them. */
package io.jenkins.plugins.servicenowconnector.job.gate;
