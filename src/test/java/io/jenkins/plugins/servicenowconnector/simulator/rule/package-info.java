/** What happens inside the instance around a write: business rules, change models, approvals, data policies. */
package io.jenkins.plugins.servicenowconnector.simulator.rule;
