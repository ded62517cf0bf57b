package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.engine.approval.OnNotRun;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approver;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.view.BuildDecision;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import io.jenkins.plugins.servicenowconnector.wait.WaitEnd;
import io.jenkins.plugins.servicenowconnector.wait.WaitLog;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What is done when a build's wait for an approval has ended: who decided, the ticket on its page, the change that is left. */
public final class ApprovalAftermath {

    private static final Logger LOGGER = Logger.getLogger(ApprovalAftermath.class.getName());

    private final Run<?, ?> run;
    private final ApprovalWait wait;
    private final Ending ending;
    private final Consumer<String> console;

    /** @param console writes a line to the build's log, as long as that is open */
    ApprovalAftermath(Run<?, ?> run, ApprovalWait wait, Ending ending, Consumer<String> console) {
        this.run = run;
        this.wait = wait;
        this.ending = ending;
        this.console = console;
    }

    /** The result of the build if it gets no approval. */
    public Result result() {
        return ending.result();
    }

    /** Whether the build goes on in any case. */
    public boolean goesOn() {
        return ending.returnsOutcome();
    }

    /** Says who decided; empty if nobody did, or it could not be read, which is no reason not to go on. */
    public static List<Approver> whoDecided(WaitEnd end, WaitLog log) {
        if (end.nameless() != null) {
            log.unreadable(end.nameless());
        } else if (end.approvers() != null && end.isSomebodysDecision()) {
            log.decided(end.approvers());
        }
        return end.approvers() == null ? List.of() : end.approvers();
    }

    /**
     * Notes the ticket for the build's page; what cannot be noted is no reason not to go on.
     *
     * @return null if it was never seen, or could not be noted
     */
    public BuildTicket note(WaitEnd end) {
        BuildTicket ticket = notedBeforeSaving(end);
        try {
            if (ticket != null) {
                run.save();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the ticket of an approval could not be stored with " + run);
        }
        return ticket;
    }

    /**
     * As {@link #note}, for a Pipeline whose step ends now: that stores its build by itself, and when a thousand waits end
     * together it is the disk that they wait for.
     */
    BuildTicket notedBeforeSaving(WaitEnd end) {
        Ticket seen =
                end.ticket() == null && wait.sight() != null ? wait.sight().ticket() : end.ticket();
        if (seen == null) {
            return null;
        }
        try {
            FoundConnector connector = Connectors.find(wait.target().connector(), run.getParent());
            BuildTicket noted = BuildTicket.of(connector.reference(), seen, connector.link(), BuildTicket.Role.GATE)
                    .decided(BuildDecision.of(end, wait, end.deciders()));
            BuildTickets.of(run).note(wait.isHidden() ? noted.withoutTexts() : noted);
            return noted;
        } catch (ServiceNowException e) {
            LOGGER.log(Level.WARNING, e, () -> "the ticket of an approval could not be noted at " + run);
            return null;
        }
    }

    /**
     * Sees to a change whose deployment is not run, as far as that is wanted; on a thread that may wait.
     *
     * @param outcome null if nobody has decided: the wait has failed, or the build was stopped
     * @param reason why it is not run
     */
    public void leave(Outcome outcome, String reason) {
        cancel(left(outcome, reason));
    }

    /**
     * Takes note of the change whose deployment is not run, if it is to be canceled; without a call.
     *
     * @param outcome null if nobody has decided
     * @return null if the change stays as it is
     */
    LeftChange left(Outcome outcome, String reason) {
        OnNotRun choice = ending.onNotRun();
        if (choice == OnNotRun.LEAVE || !wait.target().table().equals(LeftChange.TABLE)) {
            return null;
        }
        TicketKey key = wait.key();
        BuildTickets tickets = run.getAction(BuildTickets.class);
        String own = tickets == null ? null : tickets.createdHere(LeftChange.TABLE, key.value());
        // another team's change that was named by mistake is theirs
        if (own == null && (choice == null || outcome == Outcome.WRONG_TICKET)) {
            return null;
        }
        if (own == null && !wait.isRightTicket()) {
            console.accept(key + " was not seen to be the right ticket, so it is not canceled.");
            return null;
        }
        String sysId = own == null ? key.value() : own;
        LeftChange left = new LeftChange(wait.target(), sysId, wait.ticketName(), reason, Instant.now());
        LeftChanges.of(run).add(left);
        return left;
    }

    /**
     * Sees to it, on a thread that may wait.
     *
     * @param left null if nothing is to be done
     */
    void cancel(LeftChange left) {
        if (left != null) {
            LeftChanges.of(run).cancel(left, console);
        }
    }
}
