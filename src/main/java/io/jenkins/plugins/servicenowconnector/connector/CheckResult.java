package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Util;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What came of checking a connector: kept with the time, and with what the connector was like then. */
@ExportedBean(defaultVisibility = 2)
public final class CheckResult {

    /** How a check can come out. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** No node could make the call, so nothing is known of the instance. */
        NO_AGENT
    }

    private final Outcome outcome;
    private final long at;
    private final long millis;
    private final String agent;
    private final String problem;
    private final String callFingerprint;
    private final List<CheckLine> lines;

    private CheckResult(
            Connector connector, Outcome outcome, long begun, String agent, String problem, List<CheckLine> lines) {
        this.outcome = outcome;
        this.at = begun;
        this.millis = System.currentTimeMillis() - begun;
        this.agent = agent;
        this.problem = problem;
        this.callFingerprint = connector.callFingerprint();
        this.lines = new ArrayList<>(lines);
    }

    static CheckResult passed(Connector connector, long begun, String agent, List<CheckLine> lines) {
        return new CheckResult(connector, Outcome.PASSED, begun, agent, null, lines);
    }

    static CheckResult failed(Connector connector, long begun, ServiceNowException failure, List<CheckLine> lines) {
        Outcome outcome = failure.kind() == Kind.NO_AGENT ? Outcome.NO_AGENT : Outcome.FAILED;
        return new CheckResult(connector, outcome, begun, failure.facts().agent(), failure.getMessage(), lines);
    }

    /** How it came out. */
    @Exported
    public Outcome getOutcome() {
        return outcome;
    }

    /** Whether the instance has answered as it should. */
    public boolean isPassed() {
        return outcome == Outcome.PASSED;
    }

    /** When the check began. */
    @Exported
    public Date getAt() {
        return new Date(at);
    }

    /** How long ago that was. */
    public String getAgo() {
        return Util.getTimeSpanString(Math.max(0, System.currentTimeMillis() - at));
    }

    /** How long it took, in milliseconds. */
    @Exported
    public long getMillis() {
        return millis;
    }

    /** The node that made the call; empty if none did. */
    @Exported
    public String getAgent() {
        return Util.fixNull(agent);
    }

    /** Why it failed, in a sentence with its facts; null if it passed. */
    @Exported
    public String getProblem() {
        return problem;
    }

    /** What was found, for a table; of a failed check what came before the failure. */
    public List<CheckLine> getLines() {
        return lines == null ? List.of() : new ArrayList<>(lines);
    }

    /** Whether the connector's calls are still made as they were made in this check. */
    boolean isAbout(Connector connector) {
        return connector.callFingerprint().equals(callFingerprint);
    }
}
