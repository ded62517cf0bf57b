package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A hundred creations with a trouble each, an agent and Jenkins itself killed in between: they are a hundred tickets. */
final class ManyCreations {

    private static final double SCALE = Double.parseDouble(System.getProperty("long.scale", "0.1"));

    /**
     * How long their connector waits for an answer: so long that Jenkins is killed before, but in full no longer than can be
     * waited for after a doubt.
     */
    static final String RESPONSE_TIMEOUT = SCALE < 1 ? "4m" : "60s";

    /** Longer than the agent or Jenkins lives: no answer comes. */
    private static final Duration SILENCE = Duration.ofMinutes(5);

    /** What goes wrong with the sending of one creation. */
    private enum Trouble {
        NONE(null),
        AFTER_COMMIT(Fault.CUT_AFTER_COMMIT),
        CLOSED_AFTER_COMMIT(Fault.CLOSED_AFTER_COMMIT),
        IN_ANSWER(Fault.CUT_IN_ANSWER),
        TRUNCATED_ANSWER(Fault.TRUNCATED),
        QUOTA_AFTER_COMMIT(Fault.QUOTA_AFTER_COMMIT),
        LATE_COMMIT(Fault.lateCommit(Duration.ofSeconds(3))),
        AGENT_KILLED_AFTER_COMMIT(Fault.silentThenLateCommit(SILENCE, Duration.ZERO)),
        AGENT_KILLED_BEFORE_COMMIT(Fault.silentThenLateCommit(SILENCE, Duration.ofSeconds(12))),
        /** In doubt when Jenkins is killed. */
        BEFORE_REQUEST(Fault.CUT),
        JENKINS_KILLED_AFTER_COMMIT(Fault.silentThenLateCommit(SILENCE, Duration.ZERO)),
        JENKINS_KILLED_BEFORE_COMMIT(Fault.silentThenLateCommit(SILENCE, Duration.ofSeconds(30)));

        private final Fault fault;

        Trouble(Fault fault) {
            this.fault = fault;
        }

        /** By place, so that all come equally often; what only a long wait resolves runs in full only. */
        static Trouble of(int place) {
            Trouble trouble = values()[place % values().length];
            return trouble == BEFORE_REQUEST && SCALE < 1 ? JENKINS_KILLED_AFTER_COMMIT : trouble;
        }

        boolean isForJenkinsEnd() {
            return compareTo(BEFORE_REQUEST) >= 0;
        }
    }

    /** So that each kind of trouble comes once at least. */
    private final int creations = Math.max(Trouble.values().length, (int) Math.ceil(100 * SCALE));

    private final RealJenkinsExtension real;
    private final Simulator servicenow;
    private final String connector;
    private final Map<String, String> logs = new HashMap<>();

    /** @param connector through which they are created: from agents, and all at once */
    ManyCreations(RealJenkinsExtension real, Simulator servicenow, String connector) {
        this.real = real;
        this.servicenow = servicenow;
        this.connector = connector;
    }

    /** Begins those whose trouble an agent's end is a part of at most; all have been sent when it returns. */
    void beginForAgentsEnd() throws Throwable {
        begin(places(false));
    }

    /** Begins those that are in the middle of it when Jenkins is killed. */
    void beginForJenkinsEnd() throws Throwable {
        begin(places(true));
    }

    private List<Integer> places(boolean isForJenkinsEnd) {
        return IntStream.range(0, creations)
                .filter(place -> Trouble.of(place).isForJenkinsEnd() == isForJenkinsEnd)
                .boxed()
                .toList();
    }

    private void begin(List<Integer> places) throws Throwable {
        ArrayList<String> titles = new ArrayList<>();
        for (int place : places) {
            Fault fault = Trouble.of(place).fault;
            if (fault != null) {
                servicenow
                        .faults()
                        .next(
                                call -> call.method().equals("POST")
                                        && call.text().contains(title(place)),
                                fault);
            }
            titles.add(title(place));
        }
        real.runRemotely(ManyCreations::start, connector, titles);
        await().atMost(Duration.ofMinutes(2)).until(() -> titles.stream().allMatch(this::isSent));
    }

    private boolean isSent(String title) {
        return servicenow.requests().stream()
                .anyMatch(sent -> sent.method().equals("POST") && sent.body().contains(title));
    }

    /** Waits for the builds that have begun, so that Jenkins' end meets none of them at its own. */
    void finishThoseOfAgentsEnd() throws Throwable {
        finish(places(false));
    }

    /** Waits for the rest, counts the tickets, and says how many there are. */
    void finishAll() throws Throwable {
        finish(places(true));
        List<Row> stored = servicenow.tables().rows("incident").stream()
                .filter(row -> isOne(row.get("short_description")))
                .toList();
        long kinds =
                IntStream.range(0, creations).mapToObj(Trouble::of).distinct().count() - 1;
        System.out.println(creations + " creations through Pipelines, with " + kinds
                + " kinds of trouble, two agents and Jenkins killed: " + stored.size() + " tickets");
        assertThat(stored)
                .extracting(row -> row.get("short_description"))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, creations)
                        .mapToObj(ManyCreations::title)
                        .toList());
        assertThat(stored)
                .allSatisfy(row ->
                        assertThat(logs.get(row.get("short_description"))).contains("number " + row.number() + ", "));
    }

    private void finish(List<Integer> places) throws Throwable {
        for (int place : places) {
            logs.put(title(place), real.runRemotely(ManyCreations::log, title(place)));
        }
    }

    private static String title(int place) {
        return "creation " + place + " of many";
    }

    /** Whether a title, or a text that contains it, is of one of these. */
    static boolean isOne(String text) {
        return text.contains(" of many");
    }

    private static void start(JenkinsRule jenkins, String connector, ArrayList<String> titles) throws Exception {
        for (String title : titles) {
            Pipelines.start(
                    jenkins,
                    title,
                    "def x = serviceNowCreate connector: '" + connector
                            + "', ticketType: 'incident', shortDescription: '" + title
                            + "'\necho \"number ${x.number}, .\"");
        }
    }

    private static String log(JenkinsRule jenkins, String title) throws Exception {
        WorkflowRun build =
                jenkins.jenkins.getItemByFullName(title, WorkflowJob.class).getLastBuild();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        return JenkinsRule.getLog(build);
    }
}
