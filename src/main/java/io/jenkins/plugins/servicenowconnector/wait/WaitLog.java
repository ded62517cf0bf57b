package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.engine.approval.Decision;
import io.jenkins.plugins.servicenowconnector.engine.approval.Judgement;
import io.jenkins.plugins.servicenowconnector.engine.approval.Verdict;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.DurationText;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approver;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes a wait's part of the build log: what is waited for, what changes, and a line an hour where nothing does. */
public final class WaitLog {

    private static final Duration STILL = Duration.ofHours(1);

    private static final Duration TOO_FAR_APART = Duration.ofSeconds(30);

    private final Consumer<String> console;
    private final InstantSource clock;
    private List<String> last = List.of();
    private Instant lastLine;
    private String status = "not looked at yet";
    private boolean toldClocks;
    private String toldNote = "";
    private boolean toldNew;

    /**
     * @param console writes a line to the build's log
     * @param clock Jenkins' clock
     */
    public WaitLog(Consumer<String> console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
        this.lastLine = clock.instant();
    }

    /** What is waited for, in a phrase. */
    public synchronized String status() {
        return status;
    }

    /**
     * Says at the start of a wait what is waited for, until when.
     *
     * @param wait the wait, awake
     * @param connector what people call the connector
     * @param link the address under which a person opens the ticket
     */
    public synchronized void begun(ApprovalWait wait, String connector, String link) {
        line("Waiting for approval of " + wait.key() + " on " + connector + ", every "
                + DurationText.format(wait.interval()) + " until "
                + wait.deadline().truncatedTo(ChronoUnit.SECONDS));
        line("  " + link);
        wait.terms().describe().forEach(each -> line("  " + each));
        List<String> starter = wait.starter();
        if (starter != null) {
            line(
                    starter.isEmpty()
                            ? "  nobody has started this, so anybody may approve"
                            : "  rejected when: approved by the starter (" + String.join(", ", starter) + ")");
        }
    }

    /**
     * Says at the end who decided.
     *
     * @param approvers in the order in which they did
     */
    public synchronized void decided(List<Approver> approvers) {
        if (approvers.isEmpty()) {
            line("ServiceNow names nobody who has approved or rejected it.");
        }
        approvers.forEach(each -> line("Decided by " + each));
    }

    /** Says at the end that nobody can say who decided. */
    public synchronized void unreadable(ServiceNowException failure) {
        line("Who decided could not be read: " + failure.getMessage());
    }

    synchronized void looked(Ticket ticket, Judgement judgement) {
        judgement.notes().forEach(this::line);
        List<String> lines = lines(ticket, judgement);
        if (!lines.equals(last)) {
            lines.forEach(this::line);
            last = lines;
        }
        tellIfNew(ticket);
        still(ticket.name());
    }

    /** Says once in an hour that nothing is new. */
    synchronized void still(Object name) {
        if (!clock.instant().isBefore(lastLine.plus(STILL))) {
            line("Still waiting for " + name + ": " + status);
        }
    }

    /** Says once that the clocks differ, because windows go by the instance's. */
    synchronized void clocks(Duration ahead) {
        if (!toldClocks && ahead.abs().compareTo(TOO_FAR_APART) > 0) {
            toldClocks = true;
            line("The clock of the instance is "
                    + DurationText.format(ahead.abs().truncatedTo(ChronoUnit.SECONDS))
                    + (ahead.isNegative() ? " behind" : " ahead of")
                    + " Jenkins' clock; change windows go by the instance's.");
        }
    }

    /** Says once how the ticket is read, where that is unusual; empty for nothing. */
    synchronized void noted(String note) {
        if (!note.isEmpty() && !note.equals(toldNote)) {
            toldNote = note;
            line(note);
        }
    }

    synchronized void judgedAnew(List<String> terms) {
        last = List.of();
        line("The connector was changed; from now on:");
        terms.forEach(each -> line("  " + each));
    }

    synchronized void failing(ServiceNowException failure) {
        status = failure.sentence();
        last = List.of();
        line(
                failure.kind() == Kind.NO_AGENT
                        ? "Waiting for an agent: " + failure.getMessage()
                        : "Cannot look now, trying on: " + failure.getMessage());
    }

    synchronized void worksAgain() {
        line("ServiceNow answers again.");
    }

    /** Until a change leaves New, nobody is asked (servicenow-rest §5.1); whoever waits for that should know at once. */
    private void tellIfNew(Ticket ticket) {
        boolean isNew =
                ticket.table().equals("change_request") && ticket.value("state").equals("-5");
        if (isNew && !toldNew) {
            line(ticket.name() + " is still in New: nobody has been asked for approval yet. Request it there, or with"
                    + " requestApproval: true where the change is created.");
        }
        toldNew = isNew;
    }

    private List<String> lines(Ticket ticket, Judgement judgement) {
        List<String> lines = new ArrayList<>();
        lines.add(ticket.name() + " is in state " + shown(ticket, "state") + ", approval " + shown(ticket, "approval"));
        for (Verdict verdict : judgement.verdicts()) {
            verdict.findings().forEach(finding -> lines.add("  " + verdict.criteria() + ": " + finding));
        }
        if (!judgement.window().isEmpty()) {
            lines.add("  " + judgement.window());
        }
        List<String> reasons = reasons(judgement.decision());
        status = reasons.isEmpty() ? "decided" : String.join("; ", reasons);
        reasons.forEach(reason -> lines.add("  waiting: " + reason));
        return lines;
    }

    private static List<String> reasons(Decision decision) {
        if (decision instanceof Decision.Waiting waiting) {
            return waiting.reasons();
        }
        return decision instanceof Decision.WaitingForWindow waiting ? waiting.reasons() : List.of();
    }

    private static String shown(Ticket ticket, String field) {
        String value = ticket.value(field);
        String display = ticket.displayValue(field);
        if (!ticket.has(field)) {
            return "unknown";
        }
        return display.equals(value) ? "'" + value + "'" : "'" + display + "' (" + value + ")";
    }

    private void line(String text) {
        lastLine = clock.instant();
        console.accept(text);
    }
}
