package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Gates;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What waits on one connector, label and table ask together. */
@WithJenkins
class SharedPollingTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final int GUARDED = 6;
    private static final int PLAIN = 30;

    @BeforeEach
    void reset() {
        SERVICENOW.reset();
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void aTicketThatIsMissingOrDoubledHarmsNoOtherAndOnlyNeededFieldsAreAskedFor(JenkinsRule jenkins) throws Exception {
        Gates.impatient(Connecting.to(SERVICENOW, null));
        Gates.open(SERVICENOW, "CHG0040001");
        Gates.open(SERVICENOW, "CHG0040002");
        SERVICENOW.tables().seed("change_request", Map.of("number", "CHG0040002", "state", "-2"));

        WorkflowRun build = Pipelines.start(
                jenkins,
                "three",
                "parallel good: { " + bySysId("CHG0040001") + "; echo 'good is approved' },\n"
                        + "missing: { " + bySysId("CHG0040003")
                        + ", approvalCriteria: [conditions: [[field: 'cmdb_ci.name', value: 'x']]], changeWindow: [kind:"
                        + " 'none'] },\n"
                        + "doubled: { " + Gates.step("CHG0040002") + " }");
        jenkins.waitForMessage("There is no ticket " + Gates.sysId("CHG0040003"), build);
        jenkins.waitForMessage("There is more than one ticket CHG0040002", build);
        long before = shared();
        await().until(() -> shared() > before);
        Gates.approve(SERVICENOW, "CHG0040001");
        jenkins.waitForMessage("good is approved", build);
        assertThat(build.isBuilding()).isTrue();
        assertThat(Waits.get().size()).isEqualTo(2);

        assertThat(Gates.looks(SERVICENOW).stream().filter(SharedPollingTest::isShared))
                .allSatisfy(look -> assertThat(fields(look))
                        .containsExactlyInAnyOrder(
                                "sys_id",
                                "number",
                                "state",
                                "approval",
                                "short_description",
                                "active",
                                "on_hold",
                                "on_hold_reason",
                                "start_date",
                                "end_date",
                                "cmdb_ci.name"));
        build.doStop();
        jenkins.waitForCompletion(build);
    }

    @Test
    void everyRequestOfATickCountsInTheConnectorsBudget(JenkinsRule jenkins) throws Exception {
        Connector connector = Gates.impatient(Connecting.to(SERVICENOW, null));
        CallLimits limits = connector.getLimits();
        limits.setPollsPerMinute("2");
        numbers(0, 100).forEach(number -> Gates.open(SERVICENOW, number));

        WorkflowRun build = Pipelines.start(
                jenkins,
                "many",
                "def all = [:]\nfor (int i = 1000; i < 1100; i++) { def n = i; all[\"b${n}\"] = {"
                        + " serviceNowApproval sysId: '" + "a".repeat(25)
                        + "005' + n, retryInterval: '1s' } }\nparallel all");
        await().until(() -> Waits.get().size() == 100 && SERVICENOW.requestCount() >= 2);

        await().during(Duration.ofSeconds(3)).until(() -> SERVICENOW.requestCount() == 2);
        assertThat(Gates.looks(SERVICENOW))
                .hasSize(2)
                .allSatisfy(look -> assertThat(look.query()).hasSizeLessThan(2_000));
        build.doStop();
        jenkins.waitForCompletion(build);
    }

    @Test
    void approversAreAskedOnceForManyAndHoldUpNobodyWhileTheyAreSlow(JenkinsRule jenkins) throws Exception {
        Gates.impatient(Connecting.to(SERVICENOW, null));
        numbers(0, GUARDED + PLAIN).forEach(number -> Gates.open(SERVICENOW, number));
        String loop = "def all = [:]\nfor (int i = 0; i < " + (GUARDED + PLAIN)
                + "; i++) { def n = 1000 + i; def guarded = i < "
                + GUARDED
                + "; all[\"b${n}\"] = {\n serviceNowApproval ticketNumber: \"CHG005${n}\", retryInterval: '1s',"
                + " forbidSelfApproval: guarded\n echo \"${guarded ? 'guarded' : 'plain'} ${n} goes on\" } }\n"
                + "parallel all";
        WorkflowRun build = Pipelines.start(jenkins, "guarded", loop);
        await().until(() -> count(build, "CHG005\\d+ is in state") == GUARDED + PLAIN);

        CountDownLatch answers = new CountDownLatch(1);
        List<Call> ofGuarded = new CopyOnWriteArrayList<>();
        SERVICENOW.faults().next(SharedPollingTest::asksForNames, Fault.held(answers, ofGuarded::add));
        approve(numbers(0, GUARDED));
        await().until(() -> !ofGuarded.isEmpty());
        // what is known of this ticket grows old while its approvers are asked
        Gates.row(SERVICENOW, "CHG0051000").set("on_hold", "true");

        List<Call> ofPlain = new CopyOnWriteArrayList<>();
        SERVICENOW.faults().always(SharedPollingTest::asksForNames, Fault.held(answers, ofPlain::add));
        approve(numbers(GUARDED, GUARDED + PLAIN));
        await().until(() -> count(build, "plain \\d+ goes on") == PLAIN);
        assertThat(count(build, "could not be read: ServiceNow has not said so within 5s\\."))
                .isEqualTo(PLAIN);
        assertThat(count(build, "guarded \\d+ goes on")).isZero();
        assertThat(ofPlain).hasSizeLessThanOrEqualTo(3);
        assertThat(ofGuarded)
                .singleElement()
                .satisfies(question -> numbers(0, GUARDED)
                        .forEach(number -> assertThat(question.query()).contains(Gates.sysId(number))));

        SERVICENOW.faults().none();
        answers.countDown();
        await().until(() -> count(build, "guarded \\d+ goes on") == GUARDED - 1);
        assertThat(count(build, "guarded 1000 goes on")).isZero();
        Gates.row(SERVICENOW, "CHG0051000").set("on_hold", "false");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "CHG005" + (1000 + i)).toList();
    }

    private static long count(WorkflowRun build, String pattern) throws Exception {
        return Pattern.compile(pattern)
                .matcher(JenkinsRule.getLog(build))
                .results()
                .count();
    }

    private static boolean asksForNames(Call call) {
        return call.path().endsWith("/sysapproval_approver") && call.query().contains("display_value");
    }

    /** Approves them for one look: all are due in the same moment, and no look sees some of them only. */
    private static void approve(List<String> numbers) {
        await().until(() -> {
            List<Optional<Instant>> due = Waits.get().all().stream()
                    .map(Waiter::approval)
                    .filter(wait -> numbers.contains(wait.ticketName()))
                    .map(wait -> Waits.get().nextLook(wait))
                    .distinct()
                    .toList();
            return due.size() == 1 && due.get(0).isPresent();
        });
        synchronized (SERVICENOW.tables()) {
            numbers.forEach(number -> Gates.approve(SERVICENOW, number));
        }
    }

    private static String bySysId(String number) {
        return "serviceNowApproval sysId: '" + Gates.sysId(number) + "', retryInterval: '1s'";
    }

    /** How many requests asked for the good one and the missing one together. */
    private static long shared() {
        return Gates.looks(SERVICENOW).stream()
                .filter(SharedPollingTest::isShared)
                .count();
    }

    private static boolean isShared(Exchange look) {
        return look.query().contains(Gates.sysId("CHG0040001")) && look.query().contains(Gates.sysId("CHG0040003"));
    }

    private static Set<String> fields(Exchange look) {
        String given = look.query().replaceAll(".*sysparm_fields=([^&]*).*", "$1");
        return Set.copyOf(
                List.of(URLDecoder.decode(given, StandardCharsets.UTF_8).split(",")));
    }
}
