package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The promise as a whole through real Pipelines and agents: as many tickets as creations, whatever happens to the calls. */
@WithJenkins
@Tag("long")
class HundredCreationsTest {

    private static final double SCALE = Double.parseDouble(System.getProperty("long.scale", "0.1"));

    /** In full; a tenth of it still has each kind of trouble once. */
    private static final int CREATIONS = 100;

    /** What goes wrong with the sending of one creation. */
    private enum Trouble {
        NONE(null),
        BEFORE_REQUEST(Fault.CUT),
        AFTER_COMMIT(Fault.CUT_AFTER_COMMIT),
        CLOSED_AFTER_COMMIT(Fault.CLOSED_AFTER_COMMIT),
        IN_ANSWER(Fault.CUT_IN_ANSWER),
        TRUNCATED_ANSWER(Fault.TRUNCATED),
        QUOTA_AFTER_COMMIT(Fault.QUOTA_AFTER_COMMIT),
        LATE_COMMIT(Fault.lateCommit(Duration.ofSeconds(3))),
        AGENT_KILLED_AFTER_COMMIT(Fault.slow(Duration.ofMinutes(1))),
        AGENT_KILLED_BEFORE_COMMIT(Fault.silentThenLateCommit(Duration.ofMinutes(1), Duration.ofSeconds(12)));

        private final Fault fault;

        Trouble(Fault fault) {
            this.fault = fault;
        }

        /** By place, so that each hundred has all of them ten times; what only a long wait resolves runs in full only. */
        static Trouble of(int place) {
            Trouble trouble = values()[place % values().length];
            return trouble == BEFORE_REQUEST && SCALE < 1 ? AFTER_COMMIT : trouble;
        }
    }

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @Test
    void asManyTicketsAsCreations(JenkinsRule jenkins) throws Exception {
        int creations = (int) Math.ceil(CREATIONS * SCALE);
        try (Simulator servicenow = Simulator.start()) {
            agent(jenkins, "dies");
            CallLimits limits = new CallLimits();
            limits.setConnectTimeout("2s");
            limits.setResponseTimeout("30s");
            limits.setParallelCalls("100");
            Connecting.to(servicenow, "servicenow").setLimits(limits);
            Pipelines.proveAccount(jenkins);
            servicenow.reset();
            List<WorkflowRun> builds = new ArrayList<>();
            for (int place = 0; place < creations; place++) {
                Trouble trouble = Trouble.of(place);
                if (trouble.fault != null) {
                    servicenow.faults().next(creationOf(place), trouble.fault);
                }
                String script = "def x = serviceNowCreate ticketType: 'incident', shortDescription: '" + title(place)
                        + "'\necho \"number ${x.number}, .\"";
                builds.add(Pipelines.start(jenkins, "job-" + place, script));
            }
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> servicenow.requests().stream()
                                    .filter(sent -> sent.method().equals("POST"))
                                    .count()
                            >= creations);
            agent(jenkins, "lives");
            agents.stop(jenkins, "dies");

            for (WorkflowRun build : builds) {
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            }

            List<Row> stored = servicenow.tables().rows("incident");
            System.out.println(creations + " creations through Pipelines, with connections cut at "
                    + kinds(creations) + " kinds of point and an agent killed: " + stored.size() + " tickets, "
                    + servicenow.requestCount() + " requests");
            assertThat(stored)
                    .extracting(row -> row.get("short_description"))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, creations)
                            .mapToObj(HundredCreationsTest::title)
                            .toList());
            for (int place = 0; place < creations; place++) {
                String number = servicenow
                        .tables()
                        .first("incident", "short_description", title(place))
                        .orElseThrow()
                        .number();
                jenkins.assertLogContains("number " + number + ", ", builds.get(place));
            }
        }
    }

    private static long kinds(int creations) {
        return IntStream.range(0, creations).mapToObj(Trouble::of).distinct().count();
    }

    private static String title(int place) {
        return "creation " + place + " of many";
    }

    private static Predicate<Call> creationOf(int place) {
        return call -> call.method().equals("POST") && call.text().contains(title(place));
    }

    private void agent(JenkinsRule jenkins, String name) throws Exception {
        agents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name(name)
                        .label("servicenow")
                        .build());
    }
}
