package io.jenkins.plugins.servicenowconnector.simulator.table;

/** One entry that was appended to a journal field; the time is UTC as stored. */
public record JournalEntry(String field, String createdOn, String createdBy, String text) {}
