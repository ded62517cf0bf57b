package io.jenkins.plugins.servicenowconnector.simulator.rest;

import io.jenkins.plugins.servicenowconnector.simulator.table.DisplayValues;
import io.jenkins.plugins.servicenowconnector.simulator.table.Reader;

/**
 * Who calls, with everything that depends on it.
 *
 * @param address where links of the answer lead
 */
public record Session(Account account, Reader reader, DisplayValues display, String address) {}
