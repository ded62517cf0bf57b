/** Everything that goes wrong between a client and an instance, on demand. */
package io.jenkins.plugins.servicenowconnector.simulator.fault;
