package io.jenkins.plugins.servicenowconnector.job;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.job.gate.Gates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** The check of the tickets that one item of the queue names: made in the background, its result kept in memory. */
final class TicketCheck {

    private static final Logger LOGGER = Logger.getLogger(TicketCheck.class.getName());

    private static final long RETRY_SECONDS = 10;

    private final Queue.Item item;
    private final Job<?, ?> job;
    private final List<Named> named;
    private final List<ParametersAction> given;

    /** Why the item may not run; null once it may. */
    private volatile String reason;

    private volatile boolean gone;

    /** A parameter with what was given for it. */
    private record Named(TicketParameterDefinition parameter, ParameterValue value) {}

    private TicketCheck(Queue.Item item, Job<?, ?> job, List<Named> named) {
        this.item = item;
        this.job = job;
        this.named = named;
        this.given = item.getActions(ParametersAction.class);
        this.reason = Messages.TicketCheck_asking(names());
    }

    /** Begins the check that an item needs; null if its job names no tickets. */
    static TicketCheck begin(Queue.Item item) {
        if (!(item.task instanceof Job<?, ?> job)) {
            return null;
        }
        ParametersDefinitionProperty all = job.getProperty(ParametersDefinitionProperty.class);
        if (all == null) {
            return null;
        }
        Map<String, ParameterValue> given = GivenParameters.of(item.getActions(ParametersAction.class));
        List<Named> named = new ArrayList<>();
        for (ParameterDefinition each : all.getParameterDefinitions()) {
            if (each instanceof TicketParameterDefinition ticket) {
                String name = each.getName();
                named.add(new Named(ticket, given.getOrDefault(name, new TicketParameterValue(name, ""))));
            }
        }
        if (named.isEmpty()) {
            return null;
        }
        TicketCheck check = new TicketCheck(item, job, named);
        CallThreads.get().run(check.lane(), check::ask);
        return check;
    }

    /** That of the connector of the first ticket: most jobs name one. */
    private CallLane lane() {
        return ConnectorLane.STEPS.of(named.get(0).parameter().getConnector(), job);
    }

    /** Why the item may not run; null once it may. Answers from memory. */
    String reason() {
        return reason;
    }

    /** Whether it is about what an item has: another value stands there when Jenkins has read its queue again. */
    boolean isFor(Queue.Item now) {
        List<ParametersAction> current = now.getActions(ParametersAction.class);
        boolean isSame = now.task == job && current.size() == given.size();
        for (int i = 0; isSame && i < given.size(); i++) {
            isSame = current.get(i) == given.get(i);
        }
        return isSame;
    }

    /** The item has left the queue: nobody waits for an answer. */
    void leave() {
        gone = true;
    }

    private void ask() {
        if (gone) {
            return;
        }
        try {
            for (Named each : named) {
                check(each.parameter(), each.value());
            }
            reason = null;
            Gates.consider(item.getId());
            Queue.getInstance().scheduleMaintenance();
        } catch (ServiceNowException e) {
            if (e.isPassing()) {
                askLater(e.getMessage());
            } else {
                refuse(e.getMessage());
            }
        } catch (InterruptedException e) {
            // Jenkins is going down: the queue is asked again
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "checking the ticket of a queued build failed, it is tried again");
            askLater(e.toString());
        }
    }

    private void check(TicketParameterDefinition parameter, ParameterValue value)
            throws ServiceNowException, InterruptedException {
        if (!(value instanceof TicketParameterValue ticket)) {
            throw ServiceNowException.badInput(
                    parameter.getName(), "is given as " + value.getClass().getSimpleName() + ", not as a ticket.");
        }
        if (ticket.isGiven() || !parameter.isOptional()) {
            parameter.find(job, ticket);
        }
    }

    private void askLater(String failure) {
        reason = Messages.TicketCheck_askingAgain(names(), failure);
        Queue.getInstance().scheduleMaintenance();
        CallThreads.get().runLater(lane(), this::ask, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    /** What was cancelled in the meantime was not refused. */
    private void refuse(String sentence) {
        reason = sentence;
        Queue.Item now = QueueExit.take(item.getId(), sentence);
        if (now != null) {
            String causes = now.getActions(CauseAction.class).stream()
                    .flatMap(action -> action.getCauses().stream())
                    .map(Cause::getShortDescription)
                    .collect(Collectors.joining("; "));
            RefusedItems.of(job).add(new RefusedItem(System.currentTimeMillis(), names(), "", sentence, causes));
        }
    }

    private String names() {
        return named.stream()
                .map(each -> each.value() instanceof TicketParameterValue ticket ? ticket.entered() : "")
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
