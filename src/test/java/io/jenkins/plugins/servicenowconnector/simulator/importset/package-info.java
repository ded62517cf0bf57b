/** Import sets: staging tables, transform maps, and what becomes of a row in them. */
package io.jenkins.plugins.servicenowconnector.simulator.importset;
