package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Gates;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        IntStream.range(0, 100).forEach(place -> Gates.open(SERVICENOW, "CHG005" + (1000 + place)));

        WorkflowRun build = Pipelines.start(
                jenkins,
                "many",
                "def all = [:]\nfor (int i = 1000; i < 1100; i++) { def n = i; all[\"b${n}\"] = {"
                        + " serviceNowApproval ticketNumber: \"CHG005${n}\", retryInterval: '1s' } }\nparallel all");
        await().until(() -> Waits.get().size() == 100 && SERVICENOW.requestCount() >= 2);

        await().during(Duration.ofSeconds(3)).until(() -> SERVICENOW.requestCount() == 2);
        assertThat(Gates.looks(SERVICENOW))
                .hasSize(2)
                .allSatisfy(look -> assertThat(look.query().split("CHG005")).hasSizeLessThanOrEqualTo(41));
        build.doStop();
        jenkins.waitForCompletion(build);
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
