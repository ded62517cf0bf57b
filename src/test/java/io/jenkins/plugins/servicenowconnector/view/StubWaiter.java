package io.jenkins.plugins.servicenowconnector.view;

import hudson.model.Item;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalDefaults;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalRequest;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import io.jenkins.plugins.servicenowconnector.wait.WaitEnd;
import io.jenkins.plugins.servicenowconnector.wait.WaitLog;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Somebody who waits for the approval of a change, without a build. */
final class StubWaiter implements Waiter {

    final List<WaitEnd> ends = new ArrayList<>();
    private final ApprovalWait wait;
    private final Item job;
    private final String title;
    private final String url;
    private final boolean showsTicket;

    StubWaiter(String number, Item job, String title, String url) throws Exception {
        this(number, job, title, url, true);
    }

    StubWaiter(String number, Item job, String title, String url, boolean showsTicket) throws Exception {
        this.job = job;
        this.title = title;
        this.url = url;
        this.showsTicket = showsTicket;
        wait = new ApprovalWait(
                new ApprovalRequest(null, number, null, null, null, null, null, null, null, null),
                new Target("global:test", "", "change_request"),
                // no look comes but those that the test asks for
                Duration.ofDays(300),
                Instant.now().plus(Duration.ofDays(1)));
        wait.wake(new ApprovalDefaults("change_request"), new WaitLog(line -> {}, Instant::now), Instant.now());
    }

    /** One that waits in this job. */
    static StubWaiter in(Item job, String number) throws Exception {
        return new StubWaiter(number, job, job.getFullDisplayName() + " #1", job.getUrl() + "1/");
    }

    @Override
    public ApprovalWait approval() {
        return wait;
    }

    @Override
    public Item job() {
        return job;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public boolean showsTicket() {
        return showsTicket;
    }

    @Override
    public void changed() {
        // nothing to store
    }

    @Override
    public void ended(WaitEnd end) {
        ends.add(end);
    }
}
