package io.jenkins.plugins.servicenowconnector.simulator.table;

/** One entry of a choice list: the value that is stored, with the label that a person reads. */
public record Choice(String value, String label) {}
