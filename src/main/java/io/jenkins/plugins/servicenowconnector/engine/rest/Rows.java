package io.jenkins.plugins.servicenowconnector.engine.rest;

import java.time.Instant;
import java.util.List;

/**
 * The records that a query found.
 *
 * @param rows the records, at most as many as were asked for
 * @param at the time of the instance's clock when it answered
 * @param sentFrom the node that made the call; empty where there is only one place
 */
public record Rows(List<Row> rows, Instant at, String sentFrom) {

    public Rows {
        rows = List.copyOf(rows);
    }
}
