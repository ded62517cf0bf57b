package io.jenkins.plugins.servicenowconnector.step;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.util.function.Consumer;

/** Ends waits with a build that has ended without stopping them: one that was ended by force, or whose program is dead. */
@Extension
public class AbandonedWaits extends RunListener<Run<?, ?>> {

    @Override
    public void onCompleted(Run<?, ?> run, TaskListener listener) {
        abandon(run, listener.getLogger()::println);
    }

    /** A build that Jenkins ends when it loads it has no log any more, and only this. */
    @Override
    public void onFinalized(Run<?, ?> run) {
        abandon(run, line -> {});
    }

    private static void abandon(Run<?, ?> run, Consumer<String> console) {
        for (Waiter waiter : Waits.get().all()) {
            if (waiter instanceof ServiceNowApprovalExecution step) {
                step.abandon(run, console);
            }
        }
    }
}
