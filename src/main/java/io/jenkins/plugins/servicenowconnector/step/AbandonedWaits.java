package io.jenkins.plugins.servicenowconnector.step;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;

/** Ends waits with a build that has ended without stopping them: one that was ended by force, or whose program is dead. */
@Extension
public class AbandonedWaits extends RunListener<Run<?, ?>> {

    /** Jenkins may hold locks of the build meanwhile, so that nothing is done here that waits for others. */
    @Override
    public void onFinalized(Run<?, ?> run) {
        for (Waiter waiter : Waits.get().all()) {
            if (waiter instanceof ServiceNowApprovalExecution step) {
                step.abandon(run);
            }
        }
    }
}
