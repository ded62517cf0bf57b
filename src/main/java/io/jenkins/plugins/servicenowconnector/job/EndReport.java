package io.jenkins.plugins.servicenowconnector.job;

import hudson.Extension;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.step.UnfinishedBuilds;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;

/** How far the report at the end of one build has come; it is stored with the build and shown on its page. */
public class EndReport extends InvisibleAction implements RunAction2, UnfinishedBuilds.Unfinished {

    private static final Logger LOGGER = Logger.getLogger(EndReport.class.getName());

    /** A build that is loaded with Jenkins is told of when Jenkins has had time to start. */
    private static final long SETTLED_SECONDS = 10;

    /** Who says what has become of a report makes no call itself. */
    private static final CallLane RESUMED = new CallLane("reports", 2);

    /** How far it has come. */
    private enum Stage {
        DUE,
        SENDING,
        OVER
    }

    private Stage stage = Stage.DUE;
    private List<String> lines = new ArrayList<>();

    private transient volatile Run<?, ?> run;

    EndReport() {}

    /** What came of it, a sentence for each ticket; empty as long as it is not over. */
    public synchronized List<String> getLines() {
        return List.copyOf(lines);
    }

    /** Marks on disk that something may be sent from now on; false if it was marked before. */
    boolean begin() {
        synchronized (this) {
            if (stage != Stage.DUE) {
                return false;
            }
            stage = Stage.SENDING;
        }
        return save();
    }

    /** Notes a sentence. */
    synchronized void line(String line) {
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        lines = more;
    }

    /** Nothing more will be sent. */
    void end() {
        synchronized (this) {
            stage = Stage.OVER;
        }
        save();
        UnfinishedBuilds.note(run);
    }

    @Override
    public boolean isUnfinished() {
        return stage() != Stage.OVER;
    }

    private synchronized Stage stage() {
        return stage;
    }

    private boolean save() {
        try {
            run.save();
            return true;
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> "the report at the end of " + run + " could not be noted, it is not sent");
            return false;
        }
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    /** Jenkins went down before the report was over: what was not begun is sent now, what was begun may have arrived. */
    @Override
    public void onLoad(Run<?, ?> owner) {
        run = owner;
        if (isUnfinished()) {
            CallThreads.get().runLater(RESUMED, this::resume, SETTLED_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void resume() {
        if (stage() == Stage.DUE) {
            new EndReporting(run, this).beginInBackground();
        } else {
            line("Jenkins went down while the tickets of this build were told how it went; what was sent may have"
                    + " arrived, so it is not sent again.");
            end();
        }
    }

    /** Watches for the end of builds. */
    @Extension
    public static class Listener extends RunListener<Run<?, ?>> {

        /** Noted before the build is stored for the last time, so that a restart does not lose it. */
        @Override
        public void onCompleted(Run<?, ?> run, TaskListener listener) {
            if (isWanted(run)) {
                run.addAction(new EndReport());
            }
        }

        /** A build that Jenkins ends when it loads it has no log any more, and only this. */
        @Override
        public void onFinalized(Run<?, ?> run) {
            if (isWanted(run)) {
                run.addAction(new EndReport());
            }
            EndReport report = run.getAction(EndReport.class);
            if (report != null) {
                UnfinishedBuilds.note(run);
                new EndReporting(run, report).beginInBackground();
            }
        }

        private static boolean isWanted(Run<?, ?> run) {
            ServiceNowJobProperty property = ServiceNowJobProperty.ofWhole(run.getParent());
            BuildTickets tickets = run.getAction(BuildTickets.class);
            return property != null
                    && property.isReportAtEnd()
                    && run.getAction(EndReport.class) == null
                    && tickets != null
                    && tickets.getTickets().stream().anyMatch(ticket -> ticket.getRole() != BuildTicket.Role.CHANGED);
        }
    }
}
