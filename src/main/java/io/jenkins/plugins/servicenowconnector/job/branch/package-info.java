/** What the step {@code properties} may change: the only package of the jobs that knows its plugin, and nobody imports it. */
package io.jenkins.plugins.servicenowconnector.job.branch;
