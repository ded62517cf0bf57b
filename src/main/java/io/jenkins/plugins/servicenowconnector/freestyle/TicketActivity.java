package io.jenkins.plugins.servicenowconnector.freestyle;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.StepKey;
import io.jenkins.plugins.servicenowconnector.step.Expansion;
import io.jenkins.plugins.servicenowconnector.step.TicketRun;
import io.jenkins.plugins.servicenowconnector.step.TicketStep;
import io.jenkins.plugins.servicenowconnector.step.TicketTurns;
import io.jenkins.plugins.servicenowconnector.step.Turn;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Does in a freestyle build what a step does in a Pipeline; the build's own thread waits meanwhile. */
final class TicketActivity {

    private final Run<?, ?> run;
    private final FilePath workspace;
    private final TaskListener listener;

    TicketActivity(Run<?, ?> run, FilePath workspace, TaskListener listener) {
        this.run = run;
        this.workspace = workspace;
        this.listener = listener;
    }

    /**
     * Does it.
     *
     * @param step what is to be done, as the form has it
     * @param environment what <code>${NAME}</code> in its texts stands for
     */
    void run(TicketStep step, EnvVars environment) throws IOException, InterruptedException {
        try {
            TicketStep expanded = new Expansion(environment, listener).of(step);
            String place = "build step " + BuildTickets.of(run).nextPlace();
            Instant deadline = expanded.deadline();
            // who stops such a build interrupts its thread
            TicketRun ticketRun = new TicketRun(
                    run,
                    listener.getLogger()::println,
                    node(),
                    workspace,
                    () -> new StepKey(place),
                    place,
                    () -> deadline);
            TicketTurns turns = new TicketTurns(expanded, ticketRun);
            Turn turn = turns.next();
            while (turn instanceof Turn.Later later) {
                // a freestyle build holds its executor whatever it waits for
                TimeUnit.MILLISECONDS.sleep(
                        Math.max(Duration.between(Instant.now(), later.at()).toMillis(), 0));
                turn = turns.next();
            }
            if (turn instanceof Turn.Result result && result.value() instanceof Map<?, ?> ticket) {
                TicketVariables earlier = run.getAction(TicketVariables.class);
                run.addOrReplaceAction(TicketVariables.of(ticket, earlier));
            }
        } catch (ServiceNowException e) {
            throw ApprovalActivity.readable(e);
        }
    }

    private Node node() {
        Computer computer = workspace == null ? null : workspace.toComputer();
        return computer == null ? null : computer.getNode();
    }
}
