package io.jenkins.plugins.servicenowconnector.job.gate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.Action;
import hudson.model.EnvironmentContributingAction;
import hudson.model.EnvironmentContributor;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import java.util.List;
import java.util.UUID;

/**
 * Goes with an item through the queue and into its build: which record is its own, and the ticket that let it pass.
 *
 * <p>Jenkins writes it with its queue, and then with the build.
 */
public final class GateTicket extends InvisibleAction implements Queue.QueueAction, EnvironmentContributingAction {

    private final String id = UUID.randomUUID().toString();
    private final String asked;
    private final long madeMillis = System.currentTimeMillis();
    private volatile boolean admitted;
    private volatile BuildTicket ticket;

    /** What the log of the build is to begin with, on several lines; null for nothing. */
    private volatile String story;

    /** Whether it was made in this life of Jenkins. */
    private final transient boolean fresh;

    /** @param asked the ticket that a parameter names, as it is written; empty for none */
    GateTicket(String asked) {
        this.asked = asked;
        this.fresh = true;
    }

    /** What tells this item from all others, also in another life of Jenkins. */
    String id() {
        return id;
    }

    /** Whether no earlier life of Jenkins can have done anything for the item. */
    boolean isFresh() {
        return fresh;
    }

    /** When it was made, in milliseconds since 1970. */
    long madeMillis() {
        return madeMillis;
    }

    /** Whether the item has come to its gate: what has to be checked before was checked. */
    boolean isAdmitted() {
        return admitted;
    }

    void admit() {
        admitted = true;
    }

    /** The ticket that let it pass; null as long as none has. */
    BuildTicket ticket() {
        return ticket;
    }

    void passed(BuildTicket approved) {
        ticket = approved;
    }

    /** How its ticket came about, for the log of the build; empty if it was not created for it. */
    String story() {
        return Util.fixNull(story);
    }

    void tells(List<String> lines) {
        story = String.join("\n", lines);
    }

    /** Two items with different tickets are two, whatever else they have in common. */
    @Override
    public boolean shouldSchedule(List<Action> others) {
        return others.stream()
                .anyMatch(other -> other instanceof GateTicket gate && !gate.asked.equalsIgnoreCase(asked));
    }

    @Override
    public void buildEnvironment(Run<?, ?> run, EnvVars environment) {
        BuildTicket passed = ticket;
        if (passed != null) {
            environment.put("SERVICENOW_TICKET_NUMBER", passed.getNumber());
            environment.put("SERVICENOW_TICKET_SYS_ID", passed.getSysId());
            environment.put("SERVICENOW_TICKET_URL", passed.getUrl());
        }
    }

    /** The cells of a matrix see the ticket that let the whole build start; what a step of theirs leaves comes before it. */
    @Extension
    public static class Cells extends EnvironmentContributor {

        @Override
        @SuppressWarnings("rawtypes")
        public void buildEnvironmentFor(
                @NonNull Run run, @NonNull EnvVars environment, @NonNull TaskListener listener) {
            AbstractBuild<?, ?> whole = run instanceof AbstractBuild<?, ?> part ? part.getRootBuild() : null;
            GateTicket gate = whole == null || whole == run ? null : whole.getAction(GateTicket.class);
            if (gate != null) {
                gate.buildEnvironment(run, environment);
            }
        }
    }
}
