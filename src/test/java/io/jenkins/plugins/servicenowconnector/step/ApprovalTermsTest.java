package io.jenkins.plugins.servicenowconnector.step;

import static io.jenkins.plugins.servicenowconnector.step.ApprovalScenes.step;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jenkins.plugins.servicenowconnector.connector.ApprovalCriteria;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalDefaults;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What an approval is judged by, as far as it takes a step and a connector to show it, in one Jenkins. */
@WithJenkins
class ApprovalTermsTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final String IMPLEMENT = "ticket.state.value == \"-1\"";

    private JenkinsRule jenkins;
    private ApprovalScenes scenes;

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @TestFactory
    Stream<DynamicTest> sentences(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scenes = new ApprovalScenes(rule, SERVICENOW);
        scenes.connector("easy", defaults(false));
        scenes.connector("strict", defaults(true));
        return Stream.of(
                dynamicTest(
                        "No other table has a default: there criteria are required, and the message shows an example for that"
                                + " table",
                        this::tablesWithoutDefault),
                dynamicTest("request item by its request: a field may be dot-walked", this::requestItem),
                dynamicTest(
                        "approvalDefaults: criteria used where a step gives none; enforced = must hold in addition to what a step"
                                + " gives",
                        this::defaultsOfTheConnector),
                dynamicTest("Both true inside the window: onConflict (reject; approve as Harness)", this::conflict),
                dynamicTest("Back in -5 without a rejection: logged once (onSentBack: 'reject')", this::sentBack),
                dynamicTest(
                        "window missed (onWindowMissed: 'wait' watches for a new one); rejection still watched",
                        this::windows));
    }

    private void tablesWithoutDefault() throws Exception {
        Map<String, String> examples = new LinkedHashMap<>();
        examples.put("incident", "[field: 'state.value', operator: 'in', value: ['6', '7']] /* Resolved, Closed */");
        examples.put("problem", "[field: 'state.value', operator: 'in', value: ['106', '107']] /* Resolved, Closed */");
        examples.put("change_task", "[field: 'state.value', value: '3'] /* Closed */");
        examples.put("sc_req_item", "[field: 'approval.value', value: 'approved']");
        examples.put(
                "u_release", "[field: 'approval.value', value: 'approved'], [field: 'active.value', value: 'true']");
        for (Map.Entry<String, String> each : examples.entrySet()) {
            scenes.ends(
                    "serviceNowApproval connector: 'prod', ticketType: '" + each.getKey() + "', ticketNumber: 'X1'",
                    "FAILURE",
                    "approvalCriteria is missing: " + each.getKey() + " has no default. For example, approvalCriteria:"
                            + " [conditions: [" + each.getValue() + "]].");
        }
    }

    private void requestItem() throws Exception {
        Row request = SERVICENOW.tables().seed("sc_request", Map.of("approval", "requested"));
        Row item = SERVICENOW.tables().seed("sc_req_item", Map.of("request", request.sysId()));
        WorkflowRun build = scenes.start(step(
                item,
                "ticketType: 'sc_req_item'",
                "approvalCriteria: [conditions: [[field: 'request.approval', value: 'approved']]]"));
        jenkins.waitForMessage("  waiting: request.approval = approved, found requested", build);
        request.set("approval", "approved");
        scenes.ends(build, "SUCCESS", "approved: " + item.number() + " meets the approval criteria");
    }

    private void defaultsOfTheConnector() throws Exception {
        Row scheduled = scenes.change();
        Row implementing = scenes.change("state", "-1");
        String own = "approvalCriteria: [conditions: [[field: 'state.value', operator: 'in', value: [-2, -1]]]]";
        scenes.ends(through("easy", implementing), "SUCCESS", "approved when: " + IMPLEMENT);
        scenes.ends(through("easy", scheduled, "timeout: '1s'"), "ABORTED", "expired: ");
        scenes.ends(through("easy", scheduled, own), "SUCCESS");
        scenes.ends(through("strict", scheduled, own, "timeout: '1s'"), "ABORTED", "expired: ");
        scenes.ends(through("strict", implementing, own), "SUCCESS", "approved when: state.value in -2, -1");
        Row risky = scenes.change("state", "-1", "risk", "2");
        scenes.ends(
                through("strict", risky, own, "onConflict: 'approve'"),
                "ABORTED",
                "rejected: " + risky.number() + " meets the rejection criteria");
    }

    private static String through(String connector, Row change, String... more) {
        return step(change, more).replace("'prod'", "'" + connector + "'");
    }

    private void conflict() throws Exception {
        Row change = scenes.change();
        String both = "approvalCriteria: [expression: '<+ticket.state.displayValue> == \"Scheduled\"'],"
                + " rejectionCriteria: [conditions: [[field: 'approval', value: 'approved']]]";
        scenes.ends(step(change, both), "ABORTED", "rejected: ");
        scenes.ends(step(change, both, "onConflict: 'approve'"), "SUCCESS", "approved: ");
    }

    private void sentBack() throws Exception {
        Row change = scenes.change("state", "-4", "approval", "requested");
        WorkflowRun patient = scenes.start(step(change));
        WorkflowRun strict = scenes.start(step(change, "onSentBack: 'reject'"));
        jenkins.waitForMessage("  waiting: ", patient);
        jenkins.waitForMessage("  waiting: ", strict);
        change.set("state", "-5").set("approval", "not requested");
        jenkins.waitForMessage("was sent back to New, waiting for it to be submitted again", patient);
        scenes.ends(strict, "ABORTED", "rejected: " + change.number() + " was sent back to New");
        change.set("state", "-2").set("approval", "approved");
        scenes.ends(patient, "SUCCESS");
    }

    private void windows() throws Exception {
        String past = scenes.in(Duration.ofHours(-1));
        String later = scenes.in(Duration.ofHours(1));
        Row missed = scenes.change("start_date", scenes.in(Duration.ofHours(-2)), "end_date", past);
        WorkflowRun waiting = scenes.start(step(missed, "onWindowMissed: 'wait'"));
        jenkins.waitForMessage(" is over", waiting);
        missed.set("end_date", later);
        scenes.ends(waiting, "SUCCESS");

        Row early = scenes.change("start_date", later);
        WorkflowRun rejected = scenes.start(step(early));
        jenkins.waitForMessage(" has not begun", rejected);
        early.set("state", "4");
        scenes.ends(rejected, "ABORTED", "rejected: " + early.number() + " was canceled");
    }

    private static ApprovalDefaults defaults(boolean enforced) {
        ApprovalDefaults defaults = new ApprovalDefaults("change_request");
        defaults.setApprovalCriteria(criteria(IMPLEMENT));
        defaults.setRejectionCriteria(criteria("ticket.risk.value == \"2\""));
        defaults.setEnforced(enforced);
        return defaults;
    }

    private static ApprovalCriteria criteria(String expression) {
        ApprovalCriteria criteria = new ApprovalCriteria();
        criteria.setExpression(expression);
        return criteria;
    }
}
