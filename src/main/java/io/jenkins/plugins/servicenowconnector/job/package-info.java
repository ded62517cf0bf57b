/** What a job sets for all of its steps. */
package io.jenkins.plugins.servicenowconnector.job;
