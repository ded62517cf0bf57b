package io.jenkins.plugins.servicenowconnector.wait;

import hudson.Extension;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import java.util.concurrent.TimeUnit;

/** Lets the logs of waits say what is due between two looks, which may be days apart. */
@Extension
public class Reminders extends PeriodicWork {

    private static final CallLane LANE = new CallLane("reminders", 1);

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    /** A build's log may be slow to write, and Jenkins' timer is everybody's. */
    @Override
    protected void doRun() {
        if (Waits.get().size() > 0) {
            CallThreads.get().run(LANE, Waits.get()::remind);
        }
    }
}
