package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Gates;
import io.jenkins.plugins.servicenowconnector.testing.LoggedEnds;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The promise as a whole: whatever happens to Jenkins and to the calls, each wait ends once, with its ticket's decision. */
@Tag("long")
class RestartStormTest {

    private static final double SCALE = Double.parseDouble(System.getProperty("long.scale", "0.1"));
    private static final int BRANCHES = 20;
    private static final int BUILDS = (int) Math.ceil(1_000 * SCALE / BRANCHES);
    private static final int WAITS = BUILDS * BRANCHES;
    private static final int RESTARTS = (int) Math.max(2, 20 * SCALE);
    private static final int FIRST = 1_000;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Pattern DECIDED = Pattern.compile("(?m)^decided (CHG[0-9]+): ([a-z]+)$");

    /** What ends sooner or later; a limit says itself how long it holds. */
    private static final List<Fault> FAULTS = List.of(
            Fault.CUT,
            Fault.CUT_IN_ANSWER,
            Fault.TRUNCATED,
            Fault.QUOTA,
            Fault.MAINTENANCE,
            Fault.HIBERNATING,
            Fault.BAD_GATEWAY,
            Fault.NOT_PROCESSED,
            Fault.LOGIN_PAGE,
            Fault.slow(Duration.ofMillis(300)),
            Fault.rateLimited(1));

    /** How a ticket is decided, and how its wait then ends. */
    private enum Decision {
        APPROVED(Map.of("approval", "approved", "state", "-2")),
        REJECTED(Map.of("approval", "rejected")),
        FINISHED(Map.of("state", "3", "active", "false"));

        private final Map<String, String> fields;

        Decision(Map<String, String> fields) {
            this.fields = fields;
        }
    }

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final Simulator servicenow = Simulator.start();
    private final Random random = new Random(20_261_125);
    private final List<String> open = new ArrayList<>();
    private final Map<String, String> decisions = new HashMap<>();

    /** A thousand Pipelines may take longer to begin than a test has otherwise, in seconds. */
    @BeforeAll
    static void takeTime() {
        System.setProperty("jenkins.test.timeout", "900");
    }

    @AfterAll
    static void takeNoMoreTime() {
        System.clearProperty("jenkins.test.timeout");
    }

    @AfterEach
    void stop() {
        servicenow.close();
    }

    @Test
    void everyWaitEndsOnceWithItsTicketsDecision() throws Throwable {
        sessions.then(jenkins -> {
            Gates.impatient(Connecting.to(servicenow, null));
            begin(jenkins);
            pause(jenkins);
        });
        for (Fault fault : FAULTS) {
            // each by itself, so that together they hit every second request
            double share = 1 - Math.pow(0.5, 1.0 / FAULTS.size());
            servicenow.faults().always(call -> random(share), fault);
        }
        Collections.shuffle(open, random);
        // while Jenkins is down, and again while it is up; some are left for the end
        int atATime = open.size() / (RESTARTS + 1) / 2;
        for (int restart = 1; restart <= RESTARTS; restart++) {
            decide(atATime);
            sessions.then(jenkins -> {
                decide(atATime);
                long before = servicenow.requestCount();
                int requests = 1 + random.nextInt(20);
                await().atMost(LONG).until(() -> servicenow.requestCount() >= before + requests);
                pause(jenkins);
            });
        }
        decide(open.size());
        System.out.printf("through %d restarts, with faults on half of the requests: ", RESTARTS);
        sessions.then(this::report);
    }

    @Test
    void allAreDecidedInTheSameSecond() throws Throwable {
        sessions.then(jenkins -> {
            Gates.impatient(Connecting.to(servicenow, null));
            begin(jenkins);
            long begun = System.nanoTime();
            decide(open.size());
            await().atMost(LONG).until(() -> Waits.get().size() < WAITS);
            // somebody else's Pipeline goes on meanwhile
            jenkins.buildAndAssertSuccess(Pipelines.job(jenkins, "other", "echo 'x'"));
            report(jenkins);
            System.out.printf(
                    "%d waits decided at once: the last build ended after %.1f s%n",
                    WAITS, (System.nanoTime() - begun) / 1e9);
        });
    }

    private void begin(JenkinsRule jenkins) throws Exception {
        for (int place = 0; place < WAITS; place++) {
            Gates.open(servicenow, number(place));
            open.add(number(place));
        }
        for (int build = 0; build < BUILDS; build++) {
            int first = FIRST + build * BRANCHES;
            String script = "def all = [:]\nfor (int i = " + first + "; i < " + (first + BRANCHES) + "; i++) {\n"
                    + "  def number = \"CHG007${i}\"\n  all[number] = {\n"
                    + "    def end = serviceNowApproval ticketNumber: number, retryInterval: '1s', returnOutcome: true\n"
                    + "    echo \"decided ${number}: ${end.outcome}\"\n  }\n}\nparallel all";
            Pipelines.start(jenkins, "build-" + build, script);
        }
        await().atMost(LONG).until(() -> Waits.get().size() == WAITS);
    }

    /**
     * Lets Pipelines pause first, as a safe restart does: one that is stopped while it leaves {@code parallel} may not go on
     * after it, whatever its steps are. Waits go on and end meanwhile.
     */
    private static void pause(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.doQuietDown();
        for (FlowExecution execution : FlowExecutionList.get()) {
            // what runs of it now is over then, and nothing of it runs before the restart
            ((CpsFlowExecution) execution).waitForSuspension();
        }
    }

    private void report(JenkinsRule jenkins) throws Exception {
        int ended = 0;
        int right = 0;
        LoggedEnds ends = new LoggedEnds(0, 0);
        for (int place = 0; place < BUILDS; place++) {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("build-" + place, WorkflowJob.class)
                    .getLastBuild();
            await().atMost(LONG).until(() -> !build.isBuilding());
            jenkins.assertBuildStatusSuccess(build);
            Map<String, String> told = new HashMap<>();
            String log = JenkinsRule.getLog(build);
            ends = ends.and(LoggedEnds.in(log));
            for (Matcher line = DECIDED.matcher(log); line.find(); ended++) {
                told.put(line.group(1), line.group(2));
            }
            right += (int) told.entrySet().stream()
                    .filter(each -> each.getValue().equals(decisions.get(each.getKey())))
                    .count();
        }
        System.out.printf(
                "%d waits, %d requests: %d decisions as their tickets', %d lost, %d duplicates; ended again after a"
                        + " restart: %d, twice in one life: %d%n",
                WAITS,
                servicenow.requestCount(),
                right,
                WAITS - right,
                ended - right,
                ends.all() - WAITS,
                ends.twiceInALife());
        assertThat(right).as("decisions").isEqualTo(WAITS);
        assertThat(ended).as("decisions with duplicates").isEqualTo(WAITS);
        assertThat(ends.all()).as("ends").isGreaterThanOrEqualTo(WAITS);
        assertThat(ends.twiceInALife()).as("ends of a wait that had ended").isZero();
        assertThat(Waits.get().size()).isZero();
    }

    /** Decides so many tickets, each in one of the ways. */
    private void decide(int many) {
        for (int i = 0; i < many && !open.isEmpty(); i++) {
            String number = open.remove(open.size() - 1);
            Decision decision = Decision.values()[random.nextInt(Decision.values().length)];
            Row row = Gates.row(servicenow, number);
            synchronized (servicenow.tables()) {
                decision.fields.forEach(row::set);
            }
            decisions.put(number, decision.name().toLowerCase(Locale.ROOT));
        }
    }

    private boolean random(double share) {
        synchronized (random) {
            return random.nextDouble() < share;
        }
    }

    private static String number(int place) {
        return "CHG007" + (FIRST + place);
    }
}
