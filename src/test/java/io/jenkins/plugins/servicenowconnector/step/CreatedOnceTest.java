package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.SysIdInPost;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** That a step has one ticket, with an instance that keeps what finds it again and with one that does not. */
@WithJenkins
class CreatedOnceTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final String CREATE = "serviceNowCreate ticketType: 'incident', shortDescription: 'x'";

    @RegisterExtension
    private static final BuildWatcherExtension BUILDS = new BuildWatcherExtension();

    @BeforeEach
    void reset() {
        SERVICENOW.reset();
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    /** As an instance where neither the chosen key nor the correlation id of an incident is kept. */
    static void keepNothing(Simulator servicenow) {
        servicenow.switches().sysIdInPost(SysIdInPost.IGNORED).unwritable("incident.correlation_id");
    }

    @Test
    void onceForIsOneTicketInAnyBuildUntilItIsClosed(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);
        WorkflowJob job = Pipelines.job(jenkins, "release", CREATE + ", onceFor: 'release-42'");

        jenkins.buildAndAssertSuccess(job);
        WorkflowRun second = jenkins.buildAndAssertSuccess(job);
        assertThat(stored()).hasSize(1);
        jenkins.assertLogContains("created by an earlier attempt; it is taken again", second);

        Row closed = stored().get(0);
        closed.set("state", "7");
        closed.set("active", "false");
        WorkflowRun third = jenkins.buildAndAssertSuccess(job);
        assertThat(stored()).hasSize(2);
        jenkins.assertLogContains(
                closed.get("number") + " is no longer active and is not taken again; the next ticket is number 2.",
                third);
        jenkins.buildAndAssertSuccess(job);
        assertThat(stored()).hasSize(2);

        // the same text in another job is another ticket
        jenkins.buildAndAssertSuccess(Pipelines.job(jenkins, "other", CREATE + ", onceFor: 'release-42'"));
        assertThat(stored()).hasSize(3);
    }

    @Test
    void onceForInBuildsAtTheSameTimeIsOneTicket(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);
        WorkflowRun build = Pipelines.start(
                jenkins,
                "together",
                "def all = [:]\nfor (int i = 0; i < 5; i++) { all[\"b${i}\"] = { " + CREATE
                        + ", onceFor: 'release' } }\nparallel all");

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));

        assertThat(stored()).hasSize(1);
        assertThat(requests("POST")).isEqualTo(1);
    }

    @Test
    void withoutDeduplicationEachAttemptIsATicket(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);

        succeed(
                jenkins,
                "each",
                "int n = 0\nretry(2) { " + CREATE + ", deduplicate: false; if (++n < 2) error 'again' }");

        assertThat(stored()).hasSize(2);
        assertThat(SERVICENOW.requestCount()).isEqualTo(2);
        // it is not even sent under a key of ours
        assertThat(SERVICENOW.requests())
                .allSatisfy(sent -> assertThat(sent.body()).doesNotContain("sys_id"));
    }

    @Test
    void anotherContentInAnotherAttemptIsAnotherTicket(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);

        succeed(
                jenkins,
                "content",
                "int n = 0\nretry(2) { serviceNowCreate ticketType: 'incident', shortDescription: \"try ${n}\"\n"
                        + "if (++n < 2) error 'again' }");

        assertThat(stored()).extracting(row -> row.get("short_description")).containsExactly("try 0", "try 1");
    }

    @Test
    void answerLostAfterCommitIsOneTicketWhateverTheInstanceKeeps(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);
        String twice = "int n = 0\nretry(2) { " + CREATE + "\n if (++n < 2) error 'again' }";

        for (SysIdInPost answer : SysIdInPost.values()) {
            SERVICENOW.reset();
            SERVICENOW.switches().sysIdInPost(answer);
            SERVICENOW.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);
            WorkflowRun build = succeed(jenkins, "lost-" + answer, twice);
            jenkins.assertLogContains("which was created although its answer was lost", build);
            assertThat(stored()).as("%s", answer).hasSize(1);
            assertThat(requests("POST")).as("%s", answer).isEqualTo(1);
        }
    }

    @Test
    void whereNothingIsKeptADoubtIsAnErrorAndTheLogHasWarnedBefore(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);
        keepNothing(SERVICENOW);
        String warning = "Warning: incident keeps neither the sys_id nor the correlation_id that Jenkins chooses";

        WorkflowRun kept =
                succeed(jenkins, "kept", "int n = 0\nretry(2) { " + CREATE + "\n if (++n < 2) error 'again' }");
        jenkins.assertLogContains(warning, kept);
        assertThat(stored()).as("the build's own note finds it again").hasSize(1);
        WorkflowRun once = succeed(jenkins, "once", CREATE + ", onceFor: 'release'");
        jenkins.assertLogContains(warning, once);
        jenkins.assertLogContains("another build creates another one for the same onceFor.", once);
        WorkflowRun free = succeed(jenkins, "free", CREATE + ", deduplicate: false");
        jenkins.assertLogNotContains(warning, free);
        assertThat(stored()).hasSize(3);

        SERVICENOW.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);
        WorkflowRun lost = Pipelines.start(jenkins, "lost", "retry(2) { " + CREATE + " }");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(lost));
        jenkins.assertLogContains("Look in incident for ", lost);
        assertThat(stored()).as("never a second ticket").hasSize(4);
    }

    @Test
    void anotherAttemptIsToldOfWhatWasNotTakenAsWell(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);
        SERVICENOW.switches().unwritable("incident.category");
        String strict = CREATE + ", fields: [category: 'network'], failOnNotTaken: true";

        WorkflowRun twice = Pipelines.start(jenkins, "strict", "retry(2) { " + strict + " }");

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(twice));
        jenkins.assertLogContains("it is taken again", twice);
        assertThat(stored()).hasSize(1);
    }

    @Test
    void approvalOfAChangeThatLacksAFieldIsNotRequested(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);
        SERVICENOW.switches().unwritable("change_request.justification");

        WorkflowRun strict = Pipelines.start(
                jenkins,
                "strict-change",
                "serviceNowCreate shortDescription: 'x', requestApproval: true, failOnNotTaken: true,"
                        + " names: [assignment_group: 'Network'], fields: [justification: 'needed']");

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(strict));
        jenkins.assertLogContains("but did not take justification", strict);
        assertThat(SERVICENOW.tables().rows("change_request"))
                .singleElement()
                .satisfies(change -> assertThat(change.get("state")).isEqualTo("-5"));
        assertThat(requests("PATCH")).isZero();
    }

    @Test
    void onceForIsATicketOfOneTypeInEachInstance(JenkinsRule jenkins) throws Exception {
        try (Simulator other = Simulator.start()) {
            connect(SERVICENOW, other);
            SERVICENOW.switches().sysIdInPost(SysIdInPost.REFUSED_AS_DUPLICATE);
            String here = CREATE + ", onceFor: 'release-42', connector: 'test'\n";
            String there = CREATE + ", onceFor: 'release-42', connector: 'other'\n";
            String refused = "onceFor stands for a ticket of type incident already;"
                    + " give another text for one of type change_request.";
            String change = "serviceNowCreate shortDescription: 'x', onceFor: 'release-42', connector: 'test'";
            WorkflowJob job = Pipelines.job(jenkins, "release", here + there + here + there + change);

            WorkflowRun first = job.scheduleBuild2(0).get();

            jenkins.assertBuildStatus(Result.FAILURE, first);
            jenkins.assertLogContains(refused, first);
            assertThat(stored()).hasSize(1);
            assertThat(other.tables().rows("incident")).hasSize(1);

            job.setDefinition(new CpsFlowDefinition(change, true));
            WorkflowRun second = job.scheduleBuild2(0).get();
            jenkins.assertBuildStatus(Result.FAILURE, second);
            jenkins.assertLogContains(refused, second);
            assertThat(SERVICENOW.tables().rows("change_request")).isEmpty();
        }
    }

    /** The connectors {@code test} and {@code other}. */
    private static void connect(Simulator here, Simulator there) throws Exception {
        Connector first = Connecting.to(here, null);
        Connector second = new Connector("Other", there.url().toString(), new BasicKind(Connecting.CREDENTIALS));
        second.setId("other");
        second.setSkipValidation(true);
        ServiceNowConnectors.get().setConnectors(List.of(first, second));
    }

    @Test
    void whatATableKeepsIsForgottenWhenTheConnectorLeadsToAnotherInstance(JenkinsRule jenkins) throws Exception {
        try (Simulator other = Simulator.start()) {
            keepNothing(other);
            Connecting.to(other, null);
            succeed(jenkins, "other-instance", CREATE);
            Connecting.to(SERVICENOW, null);
            SERVICENOW.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);

            WorkflowRun build = succeed(jenkins, "this-instance", CREATE);

            jenkins.assertLogContains("which was created although its answer was lost", build);
            assertThat(stored()).hasSize(1);
        }
    }

    @Test
    void goodPathCostsOneRequestAndEachQuestionOneMore(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);
        String change = "serviceNowCreate shortDescription: 'x'";
        String group = SERVICENOW
                .tables()
                .first("sys_user_group", "name", "Network")
                .orElseThrow()
                .sysId();

        long bare = cost(jenkins, "bare", CREATE, null);
        long plainChange = cost(jenkins, "change", change, null);
        long starter = cost(jenkins, "starter", CREATE, new Cause.UserIdCause("jenkins-user"));
        long submitted = cost(
                jenkins,
                "submitted",
                change + ", requestApproval: true, fields: [assignment_group: '" + group + "']",
                null);
        long named = cost(jenkins, "named", CREATE + ", names: [assignment_group: 'Network']", null);
        long requester = cost(jenkins, "requester", CREATE + ", requestedBy: 'jenkins'", null);
        System.out.println("Requests for one creation: " + bare + ", of a change " + plainChange + ", with a starter "
                + starter + ", with a requester " + requester + ", with a group by name " + named
                + ", with its submission " + submitted);

        assertThat(List.of(bare, plainChange)).containsOnly(1L);
        assertThat(List.of(starter, requester, named)).containsOnly(2L);
        assertThat(submitted).isEqualTo(3);
    }

    private static long cost(JenkinsRule jenkins, String name, String script, Cause cause) throws Exception {
        User.getById("jenkins-user", true);
        long before = SERVICENOW.requestCount();
        WorkflowJob job = Pipelines.job(jenkins, "cost-" + name, script);
        jenkins.assertBuildStatusSuccess(
                cause == null ? job.scheduleBuild2(0) : job.scheduleBuild2(0, new CauseAction(cause)));
        return SERVICENOW.requestCount() - before;
    }

    private static WorkflowRun succeed(JenkinsRule jenkins, String name, String script) throws Exception {
        return jenkins.buildAndAssertSuccess(Pipelines.job(jenkins, name, script));
    }

    private static List<Row> stored() {
        return SERVICENOW.tables().rows("incident");
    }

    private static long requests(String method) {
        return SERVICENOW.requests().stream()
                .map(Exchange::method)
                .filter(method::equals)
                .count();
    }
}
