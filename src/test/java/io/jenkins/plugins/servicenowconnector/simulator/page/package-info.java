/** The plain page on which a person sees the tickets, with buttons that decide them. */
package io.jenkins.plugins.servicenowconnector.simulator.page;
