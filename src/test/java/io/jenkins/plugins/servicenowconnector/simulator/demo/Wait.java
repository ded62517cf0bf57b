package io.jenkins.plugins.servicenowconnector.simulator.demo;

import io.jenkins.plugins.servicenowconnector.engine.approval.Decision;
import io.jenkins.plugins.servicenowconnector.engine.approval.Judgement;
import io.jenkins.plugins.servicenowconnector.engine.approval.Look;
import io.jenkins.plugins.servicenowconnector.engine.approval.Memory;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.approval.Terms;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.poll.Agenda;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.rest.DurationText;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approvers;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Waits for the decision on one ticket, telling what changes. */
final class Wait {

    private final Settings settings;
    private final Terms terms;
    private final TicketReader reader;
    private final Approvers approvers;
    private final TicketKey key;
    private final Consumer<String> tell;
    private final Runnable afterFirstLook;
    private final Instant began = Instant.now();
    private final Instant deadline;
    private Memory memory = Memory.NONE;
    private List<String> told = List.of();

    /** @param afterFirstLook what happens in ServiceNow from then on */
    Wait(Settings settings, Instance instance, String sysId, Consumer<String> tell, Runnable afterFirstLook) {
        this.settings = settings;
        this.terms = settings.terms();
        this.reader = new TicketReader(instance);
        this.approvers = new Approvers(instance);
        this.key = new TicketKey("sys_id", sysId);
        this.tell = tell;
        this.afterFirstLook = afterFirstLook;
        this.deadline = began.plus(settings.timeout());
    }

    /**
     * Looks until there is an end.
     *
     * @return whether the ticket was approved
     * @throws ServiceNowException a failure that more looks do not mend
     */
    boolean untilDecided() throws ServiceNowException, InterruptedException {
        tell.accept("Waiting at most " + DurationText.format(settings.timeout()) + ", looking every "
                + DurationText.format(settings.interval()) + ".");
        Agenda<TicketKey> agenda = new Agenda<>();
        Target target = new Target("demo", "", settings.table());
        agenda.add(key, target, settings.interval(), deadline, began);
        for (boolean first = true; ; first = false) {
            pauseUntil(agenda.next().orElseThrow());
            agenda.take(Instant.now());
            Optional<Boolean> end = look();
            if (end.isPresent()) {
                return end.get();
            }
            if (first) {
                afterFirstLook.run();
            }
            agenda.done(key, Instant.now());
        }
    }

    private static void pauseUntil(Instant moment) throws InterruptedException {
        for (long left = 1; left > 0; ) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            left = Duration.between(Instant.now(), moment).toNanos();
            LockSupport.parkNanos(left);
        }
    }

    private Optional<Boolean> look() throws ServiceNowException, InterruptedException {
        boolean last = !Instant.now().isBefore(deadline);
        Reading reading =
                reader.look(settings.table(), List.of(key), terms.fields()).get(key);
        if (reading.failure() != null) {
            return failed(reading.failure(), last);
        }
        Ticket ticket = reading.ticket();
        Look look = new Look(ticket, reading.at(), last, approverRejected(reading));
        Judgement judgement = terms.judge(look, memory);
        memory = judgement.memory();
        show(ticket, judgement);
        if (judgement.decision() instanceof Decision.Failed failure) {
            throw failure.error();
        }
        if (judgement.decision() instanceof Decision.Ended end) {
            line(end.message());
            return Optional.of(end.outcome() == Outcome.APPROVED);
        }
        return Optional.empty();
    }

    /** A failure that may pass ends nothing before the deadline. */
    private Optional<Boolean> failed(ServiceNowException failure, boolean last) throws ServiceNowException {
        if (!failure.isPassing()) {
            throw failure;
        }
        if (last) {
            line(Outcome.EXPIRED + ": no decision in time, and the last look failed: " + failure.getMessage());
            return Optional.of(false);
        }
        showNew(List.of("Cannot look now, trying on: " + failure.getMessage()));
        return Optional.empty();
    }

    private boolean approverRejected(Reading reading) throws ServiceNowException, InterruptedException {
        Ticket ticket = reading.ticket();
        return terms.asksApprovers(Look.at(reading), memory)
                && approvers
                        .answers(List.of(ticket.sysId()), List.of())
                        .get(ticket.sysId())
                        .rejectedSince(Instant.ofEpochMilli(memory.beyondNewSince()));
    }

    private void show(Ticket ticket, Judgement judgement) {
        List<String> lines = new ArrayList<>();
        lines.add(ticket.number() + ": " + shown(ticket));
        lines.addAll(judgement.notes());
        if (judgement.decision() instanceof Decision.Waiting waiting) {
            waiting.reasons().forEach(reason -> lines.add("  waiting: " + reason));
        }
        if (judgement.decision() instanceof Decision.WaitingForWindow waiting) {
            waiting.reasons().forEach(reason -> lines.add("  waiting: " + reason));
        }
        showNew(lines);
    }

    /** Only what was asked for can be shown. */
    private static String shown(Ticket ticket) {
        return Stream.of("state", "approval")
                .filter(ticket::has)
                .map(field -> field + " '" + ticket.displayValue(field) + "' (" + ticket.value(field) + ")")
                .collect(Collectors.joining(", "));
    }

    private void showNew(List<String> lines) {
        if (!lines.equals(told)) {
            told = lines;
            lines.forEach(this::line);
        }
    }

    private void line(String text) {
        Duration since = Duration.between(began, Instant.now());
        tell.accept(String.format("%4d s  %s", since.toSeconds(), text));
    }
}
