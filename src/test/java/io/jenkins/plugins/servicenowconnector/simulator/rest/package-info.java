/** The REST interfaces as a client sees them: who may call, what comes back in which shape. */
package io.jenkins.plugins.servicenowconnector.simulator.rest;
