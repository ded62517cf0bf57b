/** The engine at work on the console, against the simulator or a real instance. */
package io.jenkins.plugins.servicenowconnector.simulator.demo;
