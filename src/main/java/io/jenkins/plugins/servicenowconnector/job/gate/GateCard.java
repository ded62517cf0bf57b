package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Shows the ticket that let a build start on the build's page, and how it came about in its log. */
@Extension
public class GateCard extends RunListener<Run<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(GateCard.class.getName());

    @Override
    public void onStarted(Run<?, ?> run, TaskListener listener) {
        GateTicket gate = run.getAction(GateTicket.class);
        if (gate == null || gate.ticket() == null) {
            return;
        }
        gate.story().lines().forEach(listener.getLogger()::println);
        try {
            BuildTickets.of(run).add(gate.ticket());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the ticket that let " + run + " start could not be noted");
        }
    }
}
