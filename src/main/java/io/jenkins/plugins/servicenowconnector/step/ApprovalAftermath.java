package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.engine.approval.OnNotRun;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approver;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approvers;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import io.jenkins.plugins.servicenowconnector.wait.WaitEnd;
import io.jenkins.plugins.servicenowconnector.wait.WaitLog;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** What a build without a Pipeline does when its wait for an approval has ended, as {@code serviceNowApproval} does it. */
public final class ApprovalAftermath {

    private final Run<?, ?> run;
    private final Ending ending;
    private final Consumer<String> console;

    ApprovalAftermath(Run<?, ?> run, Ending ending, Consumer<String> console) {
        this.run = run;
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

    /** Says who decided; empty if nobody did, or it cannot be read, which is no reason not to go on. */
    public List<Approver> whoDecided(WaitEnd end, OpenConnector connector, WaitLog log) throws InterruptedException {
        if (!end.isSomebodysDecision()) {
            return List.of();
        }
        try {
            List<Approver> approvers = end.approvers() != null
                    ? end.approvers()
                    : new Approvers(connector.instance()).decided(end.ticket().sysId());
            log.decided(approvers);
            return approvers;
        } catch (ServiceNowException e) {
            log.unreadable(e);
            return List.of();
        }
    }

    /**
     * Sees to a change whose deployment is not run, as far as that is wanted; on a thread that may wait.
     *
     * @param outcome null if nobody has decided: the wait has failed, or the build was stopped
     * @param reason why it is not run
     */
    public void leave(ApprovalWait wait, Outcome outcome, String reason) throws IOException, InterruptedException {
        if (ending.onNotRun() == OnNotRun.LEAVE || !wait.target().table().equals(LeftChange.TABLE)) {
            return;
        }
        BuildTickets tickets = run.getAction(BuildTickets.class);
        String own = tickets == null
                ? null
                : tickets.createdHere(LeftChange.TABLE, wait.key().value());
        // another team's change that was named by mistake is theirs
        if (own == null && (ending.onNotRun() == null || outcome == Outcome.WRONG_TICKET)) {
            return;
        }
        if (own == null && !wait.key().field().equals("sys_id")) {
            console.accept(wait.key() + " was never seen, so it is not canceled.");
            return;
        }
        String name = wait.sight() == null
                ? wait.key().toString()
                : wait.sight().ticket().name();
        new LeftChange(run, wait.target(), own == null ? wait.key().value() : own, name, reason, console).cancel();
    }
}
