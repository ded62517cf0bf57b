/** The instance's memory: tables, the dictionary behind them, encoded queries, display values. */
package io.jenkins.plugins.servicenowconnector.simulator.table;
