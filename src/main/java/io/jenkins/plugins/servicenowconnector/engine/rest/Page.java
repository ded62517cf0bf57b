package io.jenkins.plugins.servicenowconnector.engine.rest;

/**
 * A part of what a query matches.
 *
 * <p>ServiceNow cuts the part out before it takes away what the account may not read (servicenow-rest §1.3), so a page that is
 * short, or even empty, need not be the last.
 *
 * @param rows the records that may be read
 * @param total how many records match, probably with those that may not be read (§1.3 [?]); -1 if the answer does not say
 */
public record Page(Rows rows, long total) {}
