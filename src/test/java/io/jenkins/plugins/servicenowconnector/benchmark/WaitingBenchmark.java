package io.jenkins.plugins.servicenowconnector.benchmark;

import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import hudson.model.TaskListener;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalDefaults;
import io.jenkins.plugins.servicenowconnector.engine.poll.Agenda;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Gates;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalRequest;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import io.jenkins.plugins.servicenowconnector.wait.WaitLog;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * What it costs Jenkins that many Pipelines wait: with our step, with a {@code waitUntil} loop that makes one HTTP request each
 * time, and with {@code sleep}, which is Pipeline's own share. All in one run, one after the other.
 *
 * <p>Not run with the tests: {@code mvn test -Dtest=WaitingBenchmark}; {@code -Dbenchmark.waits=200} and
 * {@code -Dbenchmark.seconds=60} are what they are when left out.
 */
@WithJenkins
class WaitingBenchmark {

    private static final int WAITS = Integer.getInteger("benchmark.waits", 200);
    private static final int SECONDS = Integer.getInteger("benchmark.seconds", 60);

    /** So many that what else happens in the heap does not count. */
    private static final int OWN = 20_000;

    private static final Duration LONG = Duration.ofMinutes(3);

    /** What was measured while so many Pipelines waited in one way. */
    private record Cost(long requests, long threads, double cpuSeconds, long heapBytes) {}

    @Test
    void measure(JenkinsRule jenkins) throws Exception {
        jenkins.timeout = 0;
        try (Simulator servicenow = Simulator.start()) {
            Gates.impatient(Connecting.to(servicenow, null));
            for (int place = 0; place < WAITS; place++) {
                Gates.open(servicenow, number(place));
            }
            // classes are loaded, code is compiled
            cost(jenkins, servicenow, "warm-ours", WaitingBenchmark::ours, 5);
            cost(jenkins, servicenow, "warm-loop", number -> loop(servicenow, number), 5);
            Cost asleep = cost(jenkins, servicenow, "asleep", number -> "sleep time: 1, unit: 'DAYS'", SECONDS);
            Cost ours = cost(jenkins, servicenow, "ours", WaitingBenchmark::ours, SECONDS);
            Cost loop = cost(jenkins, servicenow, "loop", number -> loop(servicenow, number), SECONDS);
            System.out.printf(
                    "%d Pipelines wait for %d s, %d processors, Java %s%n",
                    WAITS, SECONDS, Runtime.getRuntime().availableProcessors(), Runtime.version());
            System.out.printf("%-22s %10s %10s %10s%n", "", "sleep", "our step", "loop");
            row(
                    "requests a minute",
                    asleep.requests * 60.0 / SECONDS,
                    ours.requests * 60.0 / SECONDS,
                    loop.requests * 60.0 / SECONDS);
            row("threads more, at most", asleep.threads, ours.threads, loop.threads);
            row("CPU, ms a second", perSecond(asleep), perSecond(ours), perSecond(loop));
            row("heap a Pipeline, KiB", kibibytes(asleep), kibibytes(ours), kibibytes(loop));
            System.out.printf("heap of our own objects for a wait: %.1f KiB%n", ownHeap() / 1_024.0);
        }
    }

    private static void row(String what, double asleep, double ours, double loop) {
        System.out.printf("%-22s %10.1f %10.1f %10.1f%n", what, asleep, ours, loop);
    }

    private static double perSecond(Cost cost) {
        return cost.cpuSeconds * 1_000 / SECONDS;
    }

    private static double kibibytes(Cost cost) {
        return cost.heapBytes / 1_024.0 / WAITS;
    }

    /** How a Pipeline waits for a change. */
    @FunctionalInterface
    private interface Way {
        String script(String number);
    }

    private static String ours(String number) {
        return "serviceNowApproval ticketNumber: '" + number + "', retryInterval: '10s'";
    }

    /** Its pauses grow from 10 to 15 s: more often is not possible with {@code waitUntil}, which always makes them longer. */
    private static String loop(Simulator servicenow, String number) {
        String url = servicenow.url() + "/api/now/table/change_request?sysparm_query=number=" + number
                + "&sysparm_fields=number,state,approval";
        return "waitUntil(initialRecurrencePeriod: 10000, quiet: true) {\n  httpGet('" + url
                + "').contains('\"approval\":\"approved\"')\n}";
    }

    private static String number(int place) {
        return "CHG006" + (1_000 + place);
    }

    private static Cost cost(JenkinsRule jenkins, Simulator servicenow, String name, Way way, int seconds)
            throws Exception {
        long heap = heap();
        long threads = ManagementFactory.getThreadMXBean().getThreadCount();
        long requestsBefore = servicenow.requestCount();
        List<WorkflowRun> builds = new ArrayList<>();
        for (int place = 0; place < WAITS; place++) {
            builds.add(Pipelines.start(jenkins, name + "-" + place, way.script(number(place))));
        }
        if (name.endsWith("ours")) {
            await().atMost(LONG).until(() -> Waits.get().size() == WAITS);
        }
        if (!name.equals("asleep")) {
            // each ticket was asked for once, by number
            long first = name.endsWith("ours") ? WAITS / 50 : WAITS;
            await().atMost(LONG).until(() -> servicenow.requestCount() - requestsBefore >= first);
        }
        TimeUnit.SECONDS.sleep(5);
        long held = heap() - heap;
        ManagementFactory.getThreadMXBean().resetPeakThreadCount();
        long requests = servicenow.requestCount();
        double cpu = cpuSeconds();
        TimeUnit.SECONDS.sleep(seconds);
        Cost cost = new Cost(
                servicenow.requestCount() - requests,
                ManagementFactory.getThreadMXBean().getPeakThreadCount() - threads,
                cpuSeconds() - cpu,
                held);
        for (WorkflowRun build : builds) {
            build.doStop();
        }
        for (WorkflowRun build : builds) {
            jenkins.waitForCompletion(build);
            build.getParent().delete();
        }
        return cost;
    }

    /** The bytes that one wait holds which has seen its ticket, its place on the agenda included. */
    private static double ownHeap() throws Exception {
        Target target = new Target("global:test", "", "change_request");
        Agenda<String> agenda = new Agenda<>();
        List<ApprovalWait> waits = new ArrayList<>();
        long before = heap();
        for (int place = 0; place < OWN; place++) {
            ApprovalRequest request =
                    new ApprovalRequest(null, number(place), null, null, null, null, null, null, null, null);
            Instant now = Instant.now();
            ApprovalWait wait = new ApprovalWait(request, target, Duration.ofMinutes(1), now.plus(Duration.ofDays(1)));
            wait.wake(new ApprovalDefaults("change_request"), new WaitLog(line -> {}, InstantSource.system()), now);
            wait.take(Reading.of(ticket(place), now), false, now);
            agenda.add(wait.id(), target, wait.interval(), wait.deadline(), now);
            waits.add(wait);
        }
        return (heap() - before) / (double) waits.size();
    }

    private static Ticket ticket(int place) {
        Map<String, FieldValue> fields = new LinkedHashMap<>();
        fields.put("state", new FieldValue("-4", "Assess"));
        fields.put("approval", new FieldValue("requested", "Requested"));
        fields.put("active", new FieldValue("true", "true"));
        for (String empty : List.of("on_hold", "on_hold_reason", "start_date", "end_date")) {
            fields.put(empty, FieldValue.EMPTY);
        }
        return new Ticket("change_request", Gates.sysId(number(place)), number(place), fields);
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** What this process has used, without the threads of web servers: ServiceNow lives here too. */
    private static double cpuSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("qtp")) {
                nanos -= Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return nanos / 1e9;
    }

    /** One GET and its answer's text, as the steps do it that people use for this: on a thread that waits for it. */
    public static class HttpGetStep extends Step {

        private static final HttpClient CLIENT = HttpClient.newHttpClient();

        private final String url;

        @DataBoundConstructor
        public HttpGetStep(String url) {
            this.url = url;
        }

        @Override
        public StepExecution start(StepContext context) {
            return new Execution(context, () -> {
                String account = Simulator.USER + ":" + Simulator.PASSWORD;
                HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                        .header("Accept", "application/json")
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8)))
                        .build();
                return CLIENT.send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
            });
        }

        private static final class Execution extends SynchronousNonBlockingStepExecution<String> {

            private static final long serialVersionUID = 1L;

            private final transient Callable<String> call;

            Execution(StepContext context, Callable<String> call) {
                super(context);
                this.call = call;
            }

            @Override
            protected String run() throws Exception {
                return call.call();
            }
        }

        /** Known by its name only. */
        @TestExtension
        public static class DescriptorImpl extends StepDescriptor {

            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of(TaskListener.class);
            }

            @Override
            public String getFunctionName() {
                return "httpGet";
            }
        }
    }
}
