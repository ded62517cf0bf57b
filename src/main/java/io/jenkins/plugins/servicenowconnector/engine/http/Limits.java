package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long one call may take and how large its answer may be.
 *
 * @param connect time to reach the instance
 * @param response time from there until the whole answer is here
 * @param maxAnswerBytes an answer that is larger is an error, so that no answer can fill an agent's or Jenkins' memory
 */
public record Limits(Duration connect, Duration response, int maxAnswerBytes) implements Serializable {

    /**
     * 10 s and 90 s: longer than the 60 s after which ServiceNow itself ends a REST transaction (servicenow-rest §7.3); 10 MiB
     * as ServiceNow's own default for a body.
     */
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(90), 10 * 1024 * 1024);

    /** The longest time that a call within these limits can take. */
    public Duration total() {
        return connect.plus(response);
    }
}
