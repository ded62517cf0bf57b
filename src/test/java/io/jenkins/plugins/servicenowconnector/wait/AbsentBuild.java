package io.jenkins.plugins.servicenowconnector.wait;

import hudson.model.Item;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalDefaults;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Waits without a build for the approval of a change, an hour from look to look; counts the looks and keeps the log. */
class AbsentBuild implements Waiter {

    final AtomicInteger looks = new AtomicInteger();
    final List<String> log = new CopyOnWriteArrayList<>();
    private final ApprovalWait wait;
    private final Runnable firstLook;

    /**
     * @param clock what the log goes by
     * @param firstLook what happens in the course of the first look
     */
    AbsentBuild(String number, InstantSource clock, Runnable firstLook) throws Exception {
        this.firstLook = firstLook;
        wait = new ApprovalWait(
                new ApprovalRequest(null, number, null, null, null, null, null, null, null, null),
                new Target("global:test", "", "change_request"),
                Duration.ofHours(1),
                Instant.now().plus(Duration.ofDays(1)));
        wait.wake(new ApprovalDefaults("change_request"), new WaitLog(log::add, clock), Instant.now());
    }

    @Override
    public ApprovalWait approval() {
        return wait;
    }

    /** Every look asks first whose it is. */
    @Override
    public Item job() {
        if (looks.incrementAndGet() == 1) {
            firstLook.run();
        }
        return null;
    }

    @Override
    public String title() {
        return "absent";
    }

    @Override
    public String url() {
        return "";
    }

    @Override
    public void changed() {
        // nothing to store
    }

    @Override
    public void ended(WaitEnd end) {
        // nobody goes on
    }
}
