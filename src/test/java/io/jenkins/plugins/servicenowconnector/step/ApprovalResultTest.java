package io.jenkins.plugins.servicenowconnector.step;

import static io.jenkins.plugins.servicenowconnector.step.ApprovalScenes.step;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.User;
import hudson.tasks.Mailer;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Held;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import io.jenkins.plugins.servicenowconnector.wait.WaitEnd;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the specification says of the result and the end of an approval, sentence by sentence, in one Jenkins. */
@WithJenkins
class ApprovalResultTest {

    private static final Simulator SERVICENOW = Simulator.start();

    /** Longer than the test. */
    private static final Fault HANGS = Fault.silentThenLateCommit(Duration.ofMinutes(10), Duration.ofMinutes(10));

    private static final String CAUGHT = "catch (e) { echo \"caught ${e.message}.\"; throw e }\n";

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
        return Stream.of(
                scene("approved → the ticket, approvers, approvedAt, waited", this::approved),
                scene("who decided: name, e-mail, group, time, comments", this::whoDecided),
                scene("A decision rests on an answer not older than one retry interval", this::oldDecision),
                scene("who decided: unreadable is said, none is said", this::whoDecidedIsUnknown),
                scene("forbidSelfApproval rejects when an approver is the build's starter", this::selfApproval),
                scene(
                        "forbidSelfApproval: an approval that nobody can vouch for opens no gate",
                        this::selfApprovalIsUnknown),
                scene(
                        "rejected, finished, expired, window missed, wrong ticket → a message that begins with the outcome: a"
                                + " sandboxed Pipeline can read only that",
                        this::outcomesAreCaught),
                scene("ABORTED by default; catchError does not change it", this::buildResults),
                scene("returnOutcome: true returns [outcome: 'rejected', ticket: …] instead", this::outcomes),
                scene("Failures are FAILURE", this::failures),
                scene(
                        "onNotRun: 'cancel' (default for a change this build created and that is still New to Scheduled) cancels"
                                + " it with the reason",
                        this::ownChangeIsCanceled),
                scene("onNotRun: else leave", this::othersAreLeft),
                scene("onNotRun: a change that nobody has looked at is not canceled", this::unseenIsLeft),
                scene("onNotRun: a change that the build stopped waiting for is canceled too", this::stopped),
                scene("Abort works at any moment and leaves no poll behind, by force too", this::endedByForce),
                scene("calls that hang for changes nobody needs hold up no wait", this::hangingCancellations),
                scene("showOnPage: false for sensitive types", this::hiddenTicket),
                scene("An approval inside node { } says once that it holds that executor", this::insideNode));
    }

    /** One that leaves nothing behind for the next. */
    private static DynamicTest scene(String sentence, Executable scene) {
        return DynamicTest.dynamicTest(sentence, () -> {
            try {
                scene.execute();
            } finally {
                SERVICENOW.faults().none();
                SERVICENOW.clock().offset(Duration.ZERO);
            }
        });
    }

    private void approved() throws Exception {
        SERVICENOW.clock().offset(Duration.ofMinutes(-5));
        Row change = scenes.change("short_description", "Payments 4.2");
        WorkflowRun build = scenes.ends(
                "def ok = " + step(change)
                        + "echo \"${ok.number} ${ok.sysId} ${ok.fields.state.value} ${ok.approvers} at ${ok.approvedAt}"
                        + " after ${ok.waited}.\"",
                "SUCCESS",
                " behind Jenkins' clock; change windows go by the instance's.");
        assertThat(JenkinsRule.getLog(build))
                .containsPattern(change.number() + " " + change.sysId()
                        + " -2 \\[] at 20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ after \\d+s\\.");
    }

    private void whoDecided() throws Exception {
        WorkflowRun build = scenes.start(Pipelines.submittedChange(SERVICENOW)
                + "def ok = serviceNowApproval connector: 'prod', ticketNumber: chg.number, retryInterval: '1s'\n"
                + "ok.approvers.each { echo \"by ${it.name}, ${it.email}, ${it.group}, ${it.state}, ${it.time}.\" }");
        jenkins.waitForMessage("  waiting: ", build);
        SERVICENOW.settle();
        SERVICENOW.desk().approveAll(Pipelines.number(build));
        scenes.ends(
                build,
                "SUCCESS",
                "Decided by Beth Anglin (beth.anglin, beth.anglin@example.com) for Network: approved");
        assertThat(JenkinsRule.getLog(build))
                .containsPattern("by Beth Anglin, beth.anglin@example.com, Network, approved, 20\\d\\d-[-0-9 :]+\\.")
                .containsPattern(
                        "by Abel Tuter, abel.tuter@example.com, CAB Approval, approved, 20\\d\\d-[-0-9 :]+\\.");
    }

    private void whoDecidedIsUnknown() throws Exception {
        scenes.ends(step(scenes.change()), "SUCCESS", "ServiceNow names nobody who has approved or rejected it.");
        SERVICENOW.faults().always(Match.table("GET", "sysapproval_approver"), Fault.FORBIDDEN);
        scenes.ends(step(scenes.change()), "SUCCESS", "Who decided could not be read: ");
    }

    private void oldDecision() throws Exception {
        Row change = scenes.change("state", "-4", "approval", "requested");
        WorkflowRun build = scenes.start(step(change));
        jenkins.waitForMessage("  waiting: ", build);
        Waiter waiter = Waits.get().all().get(0);
        Ticket ticket = waiter.approval().sight().ticket();
        long elevenSecondsAgo = System.nanoTime() - Duration.ofSeconds(11).toNanos();
        Waits.get().remove(waiter);
        waiter.ended(new WaitEnd(
                Outcome.APPROVED, "approved: long ago", ticket, null, Instant.now(), null, null, elevenSecondsAgo));
        assertThat(build.isBuilding()).isTrue();
        change.set("state", "-2").set("approval", "approved");
        scenes.ends(build, "SUCCESS", "approved: " + change.number());
        jenkins.assertLogNotContains("long ago", build);
    }

    private void selfApproval() throws Exception {
        User named = User.getById("banglin", true);
        named.setFullName("Beth Anglin");
        User reached = User.getById("b42", true);
        reached.addProperty(new Mailer.UserProperty("Beth.Anglin@example.com"));
        for (String starter : List.of("Beth.Anglin", "banglin", "b42", "david.loo")) {
            boolean isSelf = !starter.equals("david.loo");
            WorkflowRun build = Pipelines.job(
                            jenkins,
                            "started-by-" + starter,
                            Pipelines.submittedChange(SERVICENOW)
                                    + "serviceNowApproval connector: 'prod', ticketNumber: chg.number, retryInterval: '1s',"
                                    + " forbidSelfApproval: true")
                    .scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(starter)))
                    .waitForStart();
            jenkins.waitForMessage("  waiting: ", build);
            SERVICENOW.settle();
            SERVICENOW.desk().approveAll(Pipelines.number(build));
            scenes.ends(
                    build,
                    isSelf ? "ABORTED" : "SUCCESS",
                    "rejected when: approved by the starter (" + starter,
                    isSelf ? "was approved by the starter of this build: Beth Anglin" : "approved: CHG");
        }
    }

    private void selfApprovalIsUnknown() throws Exception {
        SERVICENOW.faults().always(Match.table("GET", "sysapproval_approver"), Fault.FORBIDDEN);
        WorkflowRun build = scenes.start(step(scenes.change(), "forbidSelfApproval: true"));
        jenkins.waitForMessage("Cannot look now, trying on: ", build);
        SERVICENOW.faults().none();
        scenes.ends(build, "SUCCESS", "nobody has started this, so anybody may approve");
    }

    private void outcomesAreCaught() throws Exception {
        String past = scenes.in(Duration.ofHours(-1));
        String criteria = "mustMatch: [conditions: [[field: 'cmdb_ci.name', value: 'payments-prod']]]";
        Row rejected = scenes.change("approval", "rejected", "state", "-4");
        Row finished = scenes.change("state", "3");
        Row pending = scenes.change("state", "-4", "approval", "requested");
        Row late = scenes.change("start_date", past, "end_date", past);
        Row other = scenes.change();
        caught(rejected, "rejected", step(rejected));
        caught(finished, "finished", step(finished));
        caught(pending, "expired", step(pending, "timeout: '1s'"));
        caught(late, "window missed", step(late));
        caught(other, "wrong ticket", step(other, criteria));
    }

    private void caught(Row change, String outcome, String step) throws Exception {
        scenes.ends("try { " + step + " } " + CAUGHT, "ABORTED", "caught " + outcome + ": " + change.number() + " ");
    }

    private void buildResults() throws Exception {
        Row rejected = scenes.change("approval", "rejected");
        scenes.ends("catchError { " + step(rejected) + " }\necho 'went on'", "ABORTED", "went on");
        // it is no interruption, which this would let pass
        scenes.ends(
                "catchError(catchInterruptions: false) { " + step(rejected) + " }\necho 'went on'",
                "ABORTED",
                "went on");
        for (String result : List.of("FAILURE", "UNSTABLE", "NOT_BUILT", "ABORTED")) {
            scenes.ends(step(rejected, "buildResult: '" + result + "'"), result);
        }
        scenes.ends(
                step(rejected, "buildResult: 'SUCCESS'"),
                "FAILURE",
                "buildResult cannot be 'SUCCESS': use ABORTED, FAILURE, UNSTABLE, NOT_BUILT.");
    }

    private void outcomes() throws Exception {
        Row rejected = scenes.change("approval", "rejected", "state", "-4");
        String tell = "echo \"${r.outcome} | ${r.reason} | ${r.ticket.number} | ${r.approvers} | ${r.approvedAt}\"";
        scenes.ends(
                "def r = " + step(rejected, "returnOutcome: true") + tell,
                "SUCCESS",
                "rejected | rejected: " + rejected.number() + " was rejected",
                " | " + rejected.number() + " | [] | null");
        Row approved = scenes.change();
        scenes.ends(
                "def r = " + step(approved, "returnOutcome: true") + tell,
                "SUCCESS",
                "approved | approved: " + approved.number() + " meets the approval criteria | " + approved.number()
                        + " | [] | 20");
    }

    private void failures() throws Exception {
        Row change = scenes.change();
        scenes.ends(
                step(change, "buildResult: 'UNSTABLE'", "approvalCriteria: [expression: 'ticket.state.value']"),
                "FAILURE",
                "must come to true or false, but came to \"-2\"");
    }

    private void ownChangeIsCanceled() throws Exception {
        String wait =
                "serviceNowApproval connector: 'prod', ticketNumber: chg.number, retryInterval: '1s', timeout: '1s'";
        String create =
                "def chg = serviceNowCreate connector: 'prod', shortDescription: 'x'\necho \"is ${chg.number}.\"\n";
        Row canceled =
                created(scenes.ends(create + wait, "ABORTED", "Canceled CHG", ", because this build does not go on."));
        assertThat(canceled.get("state")).isEqualTo("4");
        assertThat(canceled.journal())
                .anySatisfy(note -> assertThat(note.text())
                        .contains("Canceled, because its deployment is not run: expired: " + canceled.number()));

        Row kept = created(scenes.ends(create + wait + ", onNotRun: 'leave'", "ABORTED"));
        assertThat(kept.get("state")).isEqualTo("-5");
        Row shared = created(scenes.ends(create.replace("'x'", "'x', onceFor: 'release-9'") + wait, "ABORTED"));
        assertThat(shared.get("state")).as("other builds use it too").isEqualTo("-5");
        // a failure is no decision, and yet the deployment is not run
        Row failed = created(
                scenes.ends(create + wait + ", approvalCriteria: [expression: 'ticket.state.value']", "FAILURE"));
        assertThat(failed.get("state")).isEqualTo("4");
    }

    private void othersAreLeft() throws Exception {
        Row left = scenes.change("state", "-4", "approval", "requested");
        scenes.ends(step(left, "timeout: '1s'"), "ABORTED");
        assertThat(left.get("state")).isEqualTo("-4");
        WorkflowRun refused = scenes.ends(
                step(left, "timeout: '1s'", "onNotRun: 'cancel'").replace("'prod'", "'gate'"),
                "ABORTED",
                left.number() + " was not canceled and stays with its approvers: ");
        assertThat(jenkins.createWebClient().getPage(refused).asNormalizedText())
                .contains(
                        "ServiceNow changes of this build that are not canceled",
                        left.number() + " was not canceled and stays with its approvers: ");
        assertThat(refused.getAction(LeftChanges.class).isUnfinished()).isFalse();
        assertThat(left.get("state")).as("the connector only reads").isEqualTo("-4");
        scenes.ends(
                step(left, "onNotRun: 'cancel'", "mustMatch: [conditions: [[field: 'type', value: 'emergency']]]"),
                "ABORTED",
                "wrong ticket: ");
        assertThat(left.get("state")).as("it is somebody else's").isEqualTo("-4");
        scenes.ends(step(left, "timeout: '1s'", "onNotRun: 'cancel'"), "ABORTED", "Canceled " + left.number());
        assertThat(left.get("state")).isEqualTo("4");
        Row begun = scenes.change("state", "-1", "approval", "requested");
        scenes.ends(
                step(begun, "timeout: '1s'", "onNotRun: 'cancel'"),
                "ABORTED",
                begun.number() + " is left as it is: its state is Implement.");
        scenes.ends(
                "serviceNowApproval connector: 'prod', ticketType: 'incident', ticketNumber: 'INC1', onNotRun: 'cancel'",
                "FAILURE",
                "onNotRun cancels a change_request only, and this ticket is of the type incident.");
    }

    private void unseenIsLeft() throws Exception {
        scenes.connector("far", null).setAgentLabel("outpost");
        Row others = scenes.change("state", "-4", "approval", "requested");
        WorkflowRun build = scenes.start("serviceNowApproval connector: 'far', sysId: '" + others.sysId()
                + "', onNotRun: 'cancel', mustMatch: [conditions: [[field: 'type', value: 'emergency']]]");
        jenkins.waitForMessage("Waiting for an agent: ", build);
        build.doStop();
        scenes.ends(build, "ABORTED");
        Awaitility.await()
                .until(() -> JenkinsRule.getLog(build)
                        .contains("was not seen to be the right ticket, so it is not canceled"));
        assertThat(build.getAction(LeftChanges.class)).isNull();
    }

    private void stopped() throws Exception {
        WorkflowRun build = scenes.start(Pipelines.submittedChange(SERVICENOW)
                + "serviceNowApproval connector: 'prod', ticketNumber: chg.number, retryInterval: '1h'");
        jenkins.waitForMessage("  waiting: ", build);
        Row change = SERVICENOW.desk().task(Pipelines.number(build));
        // the line comes in the middle of the look, the next one is set after it
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                build.getExecution().getCurrentExecutions(true).get())
                        .singleElement()
                        .satisfies(step -> assertThat(step.getStatus())
                                .contains(
                                        "waiting for approval of " + change.sysId(),
                                        "global:prod",
                                        "next look at 20")));
        // the reading that comes first gets no answer: stopping does not wait for it
        Held held = new Held();
        SERVICENOW.faults().always(Match.table("GET", "change_request"), Fault.held(held));
        try {
            build.doStop();
            jenkins.waitForCompletion(build);
            assertThat(change.get("state")).isNotEqualTo("4");
        } finally {
            held.release();
        }
        Awaitility.await().until(() -> change.get("state").equals("4"));
        // the build's log is closed by then, its page is not
        Awaitility.await()
                .until(() -> build.getAction(BuildTickets.class)
                        .getTickets()
                        .get(0)
                        .getState()
                        .equals("Canceled"));
        SERVICENOW.faults().none();
        assertThat(build.getAction(BuildTickets.class)
                        .getTickets()
                        .get(0)
                        .getDecision()
                        .getReason())
                .startsWith("the build was stopped");
        assertThat(change.journal())
                .anySatisfy(note -> assertThat(note.text()).contains("is not run: the build was stopped"));
        assertThat(Waits.get().size()).isZero();
    }

    private void endedByForce() throws Exception {
        for (Consumer<WorkflowRun> force : List.<Consumer<WorkflowRun>>of(WorkflowRun::doTerm, WorkflowRun::doKill)) {
            WorkflowRun build = scenes.start(Pipelines.submittedChange(SERVICENOW)
                    + "serviceNowApproval connector: 'prod', ticketNumber: chg.number, retryInterval: '1h'");
            jenkins.waitForMessage("  waiting: ", build);
            Row change = SERVICENOW.desk().task(Pipelines.number(build));

            force.accept(build);

            jenkins.waitForCompletion(build);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> change.get("state").equals("4"));
            assertThat(change.journal())
                    .anySatisfy(note -> assertThat(note.text()).contains("is not run: the build has ended"));
            assertThat(Waits.get().size()).isZero();
        }
    }

    private void hangingCancellations() throws Exception {
        scenes.connector("hangs", null).getLimits().setResponseTimeout("10m");
        Row first = scenes.change("state", "-4", "approval", "requested");
        Row second = scenes.change("state", "-4", "approval", "requested");
        List<WorkflowRun> stopped = new ArrayList<>();
        for (Row change : List.of(first, second)) {
            stopped.add(scenes.start(step(change, "onNotRun: 'cancel'")
                    .replace("'prod'", "'hangs'")
                    .replace("'1s'", "'1h'")));
        }
        for (WorkflowRun build : stopped) {
            jenkins.waitForMessage("  waiting: ", build);
        }
        SERVICENOW.faults().always(Match.table("GET", "change_request"), HANGS);
        long before = SERVICENOW.requestCount();
        for (WorkflowRun build : stopped) {
            build.doStop();
        }
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> SERVICENOW.requestCount() >= before + 2);

        WorkflowRun build = scenes.start(step(scenes.change()).replace("'prod'", "'hangs'"));

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> JenkinsRule.getLog(build).contains("Waiting for approval of "));
        build.doStop();
        scenes.ends(build, "ABORTED");
        assertThat(first.get("state") + second.get("state"))
                .as("nobody has answered yet")
                .isEqualTo("-4-4");
    }

    private void hiddenTicket() throws Exception {
        Row change = scenes.change("short_description", "Dismissal of J. Doe");
        WorkflowRun build = scenes.ends(step(change, "showOnPage: false"), "SUCCESS");
        BuildTicket noted = build.getAction(BuildTickets.class).getTickets().get(0);
        assertThat(noted.getNumber()).isEqualTo(change.number());
        assertThat(noted.getShortDescription() + noted.getState()).isEmpty();
        Row rejected = scenes.change("approval", "rejected", "state", "-4");
        WorkflowRun ended = scenes.ends(
                "try { " + step(rejected, "showOnPage: false") + " } " + CAUGHT,
                "ABORTED",
                "rejected: " + rejected.number() + " was rejected: approval is ",
                "caught rejected: " + rejected.number() + "; the ticket says more.");
        assertThat(jenkins.createWebClient().getPage(ended).asNormalizedText())
                .contains("rejected: " + rejected.number() + "; the ticket says more")
                .doesNotContain("approval is");
        WorkflowRun open = scenes.ends(step(change), "SUCCESS");
        noted = open.getAction(BuildTickets.class).getTickets().get(0);
        assertThat(noted.getShortDescription() + noted.getState()).isEqualTo("Dismissal of J. DoeScheduled");
    }

    private void insideNode() throws Exception {
        Row change = scenes.change();
        String sentence = "This wait stands inside a node block: it holds that executor";
        String log = JenkinsRule.getLog(scenes.ends("node { " + step(change) + " }", "SUCCESS"));
        assertThat(log).containsOnlyOnce(sentence);
        assertThat(JenkinsRule.getLog(scenes.ends(step(change), "SUCCESS"))).doesNotContain(sentence);
    }

    private static Row created(WorkflowRun build) throws Exception {
        return SERVICENOW.desk().task(JenkinsRule.getLog(build).replaceAll("(?s).*is (CHG[0-9]+)\\..*", "$1"));
    }
}
