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
import java.util.List;
import java.util.Map;
import java.util.Set;
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

        SERVICENOW.faults().next(SharedPollingTest::asksForNames, Fault.slow(Duration.ofSeconds(25)));
        synchronized (SERVICENOW.tables()) {
            numbers(0, GUARDED).forEach(number -> Gates.approve(SERVICENOW, number));
        }
        await().until(() -> !questions().isEmpty());
        // what is known of this ticket grows old while its approvers are asked
        Gates.row(SERVICENOW, "CHG0051000").set("on_hold", "true");

        // for longer than the test
        SERVICENOW.faults().always(SharedPollingTest::asksForNames, Fault.slow(Duration.ofSeconds(90)));
        numbers(GUARDED, GUARDED + PLAIN).forEach(number -> Gates.approve(SERVICENOW, number));
        await().atMost(Duration.ofSeconds(20)).until(() -> count(build, "plain \\d+ goes on") == PLAIN);
        assertThat(count(build, "could not be read: ServiceNow has not said so within 5s\\."))
                .isEqualTo(PLAIN);
        assertThat(count(build, "guarded \\d+ goes on")).isZero();
        assertThat(questions())
                .hasSizeLessThanOrEqualTo(1 + 3)
                .first()
                .satisfies(question -> numbers(0, GUARDED)
                        .forEach(number -> assertThat(question.query()).contains(Gates.sysId(number))));

        SERVICENOW.faults().none();
        await().atMost(Duration.ofSeconds(40)).until(() -> count(build, "guarded \\d+ goes on") == GUARDED - 1);
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

    private static List<Exchange> questions() {
        return SERVICENOW.requests().stream()
                .filter(each -> each.path().endsWith("/sysapproval_approver"))
                .filter(each -> each.query().contains("display_value"))
                .toList();
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
