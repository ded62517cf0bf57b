/** What an instance has before it has tables: a clock, work for later, switches. */
package io.jenkins.plugins.servicenowconnector.simulator.instance;
