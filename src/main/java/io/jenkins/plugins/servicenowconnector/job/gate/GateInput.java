package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.EnvVars;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.Job;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.triggers.SCMTrigger;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.rest.DurationText;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.job.GivenParameters;
import io.jenkins.plugins.servicenowconnector.step.BuildStarter;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowStep;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalRequest;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a gate asks for in the case of one item: its parameters and causes are read, wrong ones are refused before any call. */
final class GateInput {

    private static final Duration USUAL_TIMEOUT = Duration.ofDays(1);
    private static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);

    private final ApprovalGate gate;
    private final PlacedGate placed;
    private final Job<?, ?> job;
    private final List<ParameterValue> parameters;
    private final List<Cause> causes;

    /** @param parameters those of the item */
    GateInput(PlacedGate placed, Job<?, ?> job, List<ParametersAction> parameters, List<Cause> causes) {
        this.gate = placed.gate();
        this.placed = placed;
        this.job = job;
        this.parameters = List.copyOf(GivenParameters.of(parameters).values());
        this.causes = new ArrayList<>(causes);
    }

    /** The ticket that these actions name for a gate, as it is written; empty for none. */
    static String asked(ApprovalGate gate, List<Action> actions) {
        List<ParametersAction> given = Util.filter(actions, ParametersAction.class);
        return text(GivenParameters.of(given).get(gate.getTicketParameter()));
    }

    private static String text(ParameterValue parameter) {
        Object value = parameter == null || parameter.isSensitive() ? null : parameter.getValue();
        return value == null ? "" : value.toString().strip();
    }

    /** The connector that the gate means. */
    FoundConnector connector() throws ServiceNowException {
        return placed.connector(job);
    }

    /** Until when an item waits that comes to the gate now. */
    Instant deadline() throws ServiceNowException {
        return Instant.now().plus(ServiceNowStep.timeout(gate.getTimeout(), USUAL_TIMEOUT));
    }

    /** Refuses a gate that nobody can pass. */
    void check() throws ServiceNowException {
        gate.check();
        boolean isAskedFor = causes.isEmpty() || !causes.stream().allMatch(GateInput::isOfTrigger);
        if (gate.getCreate() != null && !gate.isCreateForTriggers() && !isAskedFor) {
            throw ServiceNowException.badInput(
                    "createForTriggers",
                    "is off in the job's gate: no ticket is created for a build that a timer or a change of the source"
                            + " code has started. Start it by hand, or turn that on.");
        }
    }

    /** Whether a trigger has started it, also through builds that started it. */
    private static boolean isOfTrigger(Cause cause) {
        List<Cause> above = cause instanceof Cause.UpstreamCause upstream ? upstream.getUpstreamCauses() : List.of();
        return isTrigger(cause) || !above.isEmpty() && above.stream().allMatch(GateInput::isOfTrigger);
    }

    /** Branch builds have causes of a plugin that need not be here. */
    private static boolean isTrigger(Cause cause) {
        return cause instanceof SCMTrigger.SCMTriggerCause
                || cause instanceof TimerTrigger.TimerTriggerCause
                || cause.getClass().getName().startsWith("jenkins.branch.");
    }

    /** The ticket that the parameter names. */
    TicketKey named() throws ServiceNowException {
        String name = gate.getTicketParameter();
        ParameterValue given = parameters.stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> ServiceNowException.badInput(
                        name,
                        "is the build parameter that names the ticket, but this build has no such parameter. Add it to"
                                + " the job."));
        String text = text(given);
        return Syntax.isSysId(text) ? TicketKey.sysId(name, text) : TicketKey.number(name, text);
    }

    /** What texts of the ticket can name: the parameters, and the job. */
    EnvVars environment() {
        EnvVars environment = new EnvVars();
        parameters.stream()
                .filter(each -> !each.isSensitive())
                .forEach(each -> environment.put(each.getName(), text(each)));
        environment.put("JOB_NAME", job.getFullName());
        return environment;
    }

    /** The parameters as people read them, without those that are secret; empty for none. */
    String parameters() {
        return parameters.stream()
                .filter(each -> !each.isSensitive())
                .map(each -> each.getName() + "=" + OneLine.of(text(each)))
                .collect(Collectors.joining(", "));
    }

    /** Who or what has started it, as people read it; empty if nobody knows. */
    String starters() {
        return causes.stream().map(Cause::getShortDescription).collect(Collectors.joining("; "));
    }

    /** Who has started it; null for nobody in particular. */
    Cause.UserIdCause starter() {
        return causes.stream()
                .filter(Cause.UserIdCause.class::isInstance)
                .map(Cause.UserIdCause.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** The wait for a ticket of this table. */
    ApprovalWait wait(String table, TicketKey ticket, Instant deadline) throws ServiceNowException {
        boolean byNumber = ticket.field().equals("number");
        ApprovalRequest request = new ApprovalRequest(
                table,
                byNumber ? ticket.value() : null,
                byNumber ? null : ticket.value(),
                gate.getApprovalCriteria(),
                gate.getRejectionCriteria(),
                gate.getMustMatch(),
                gate.getChangeWindow(),
                gate.getOnConflict(),
                gate.getOnSentBack(),
                gate.getOnWindowMissed());
        Duration interval = interval();
        ConnectorUse use = ConnectorUse.by(job, placed.place())
                .on(request.table(), Operation.READ)
                .from(gate.getAgentLabel())
                .every(interval);
        FoundConnector found = Connectors.find(gate.getConnector(), use);
        Target target = new Target(found.reference(), use.labelOn(found.connector()), request.table());
        return new ApprovalWait(request, target, interval, deadline)
                .hidden(!gate.isShowOnPage())
                .notApprovedBy(gate.isForbidSelfApproval() ? BuildStarter.of(causes) : null);
    }

    private Duration interval() throws ServiceNowException {
        if (gate.getRetryInterval() != null) {
            return DurationText.parse("retryInterval", gate.getRetryInterval());
        }
        Duration least = connector().connector().getLimits().smallestInterval();
        return USUAL_INTERVAL.compareTo(least) < 0 ? least : USUAL_INTERVAL;
    }
}
