package io.jenkins.plugins.servicenowconnector.engine.rest.check;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Rows;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The calls of one check, with what is learned from their timing. */
final class Calls {

    /** A date in an answer has whole seconds, cut off; on average half of one is missing. */
    private static final Duration CUT_OFF = Duration.ofMillis(500);

    private final TableApi tables;
    private final InstantSource clock;

    private Duration fastest;
    private Duration clockAhead;
    private String sentFrom = "";

    Calls(Instance instance, InstantSource clock) {
        tables = new TableApi(instance);
        this.clock = clock;
    }

    Rows query(String table, EncodedQuery query, List<String> fields, int limit)
            throws ServiceNowException, InterruptedException {
        Instant before = clock.instant();
        Rows rows = tables.query(table, query, fields, limit);
        Duration took = Duration.between(before, clock.instant());
        // the first call also opens the connection, so the fastest says most
        if (fastest == null || took.compareTo(fastest) < 0) {
            fastest = took;
            clockAhead =
                    Duration.between(before.plus(took.dividedBy(2)), rows.at().plus(CUT_OFF));
        }
        sentFrom = rows.sentFrom();
        return rows;
    }

    /** Null if no answer came. */
    Duration fastest() {
        return fastest;
    }

    /** Null if no answer came. */
    Duration clockAhead() {
        return clockAhead;
    }

    String sentFrom() {
        return sentFrom;
    }
}
