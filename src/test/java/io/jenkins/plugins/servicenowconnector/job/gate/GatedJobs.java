package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.job.ServiceNowJobProperty;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jvnet.hudson.test.JenkinsRule;

/** Jobs with gates, changes for them, and what tests ask of the queue. */
final class GatedJobs {

    /** So long a busy machine may take for what is soon done. */
    static final Duration LONG = Duration.ofSeconds(60);

    private static final AtomicInteger NUMBERS = new AtomicInteger(1);

    private final JenkinsRule jenkins;

    GatedJobs(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    /** Connects to an instance that may be asked every second, and as often as tests want. */
    static void connect(Simulator servicenow) throws Exception {
        CallLimits limits = new CallLimits();
        limits.setSmallestRetryInterval("1s");
        limits.setPollsPerMinute("6000");
        Connecting.to(servicenow, null).setLimits(limits);
    }

    /** A gate whose ticket the parameter CHANGE names, looked at every ten seconds. */
    static ApprovalGate byParameter() {
        ApprovalGate gate = new ApprovalGate();
        gate.setTicketParameter("CHANGE");
        gate.setRetryInterval("10s");
        return gate;
    }

    /** A freestyle job with the parameter CHANGE and a gate; null for none. */
    FreeStyleProject job(String name, ApprovalGate gate) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("CHANGE", "")));
        if (gate != null) {
            set(job, gate);
        }
        return job;
    }

    static void set(Job<?, ?> job, ApprovalGate gate) throws Exception {
        ServiceNowJobProperty property = new ServiceNowJobProperty();
        property.setGate(gate);
        job.removeProperty(ServiceNowJobProperty.class);
        job.addProperty(property);
    }

    /** Starts it with that ticket. */
    static QueueTaskFuture<FreeStyleBuild> start(FreeStyleProject job, String ticket) {
        List<ParameterValue> values = new ArrayList<>(List.of(new StringParameterValue("CHANGE", ticket)));
        return job.scheduleBuild2(0, new ParametersAction(values));
    }

    /** A change that waits for its approvers. */
    static String change(Simulator servicenow) {
        String number = "CHG004%04d".formatted(NUMBERS.getAndIncrement());
        servicenow
                .tables()
                .seed(
                        "change_request",
                        Map.of(
                                "number", number,
                                "short_description", "Payments",
                                "type", "normal",
                                "state", "-4",
                                "approval", "requested"));
        return number;
    }

    static Row row(Simulator servicenow, String number) {
        return servicenow.tables().first("change_request", "number", number).orElseThrow();
    }

    static void approve(Simulator servicenow, String number) {
        row(servicenow, number).set("state", "-2").set("approval", "approved");
        look();
    }

    static void reject(Simulator servicenow, String number) {
        row(servicenow, number).set("approval", "rejected");
        look();
    }

    /** Has every ticket looked at now. */
    static void look() {
        Waits.get().all().forEach(waiter -> Waits.get().hurry(waiter.approval()));
    }

    /** The items of a job in the queue. */
    static List<Queue.Item> queued(Job<?, ?> job) {
        return Queue.getInstance().getItems((Queue.Task) job);
    }

    /** The reason why the job's only item waits, once it says all of this. */
    static String why(Job<?, ?> job, String... parts) {
        return Awaitility.await()
                .atMost(LONG)
                .until(
                        () -> queued(job).stream()
                                .map(Queue.Item::getWhy)
                                .findFirst()
                                .orElseGet(() -> gone(job)),
                        why -> why != null && Stream.of(parts).allMatch(why::contains));
    }

    /** The same, once its ticket was looked at and nothing of that look is left to do. */
    static String looked(Job<?, ?> job) {
        return why(job, "state Assess", "; next check 20");
    }

    private static String gone(Job<?, ?> job) {
        return NotStartedBuilds.of(job).stream()
                .map(build -> "not started: " + build.getReason())
                .findFirst()
                .orElse("nothing is queued");
    }

    /** The only build that did not start, once there is one. */
    static NotStarted notStarted(Job<?, ?> job) {
        return Awaitility.await()
                .atMost(LONG)
                .until(
                        () -> NotStartedBuilds.of(job),
                        builds -> builds.size() == 1 && queued(job).isEmpty())
                .get(0);
    }
}
