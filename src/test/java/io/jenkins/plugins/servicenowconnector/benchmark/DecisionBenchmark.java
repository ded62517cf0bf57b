package io.jenkins.plugins.servicenowconnector.benchmark;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Gates;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * How long Pipelines take to go on when very many waits are decided in the same second: with our step, and with one that only
 * waits and is let go, which is Pipeline's own share. With both of Pipeline's durabilities, all in one run.
 *
 * <p>Not run with the tests: {@code mvn test -Dtest=DecisionBenchmark}; {@code -Dbenchmark.decisions=1000} is what it is when left
 * out.
 */
@WithJenkins
class DecisionBenchmark {

    private static final int WAITS = Integer.getInteger("benchmark.decisions", 1_000);
    private static final int BRANCHES = 20;
    private static final Duration LONG = Duration.ofMinutes(5);

    /** When a branch came to what stands after its wait. */
    private static final Queue<Long> WENT_ON = new ConcurrentLinkedQueue<>();

    private int jobs;
    private int numbers;

    @Test
    void measure(JenkinsRule jenkins) throws Exception {
        jenkins.timeout = 0;
        try (Simulator servicenow = Simulator.start()) {
            Gates.impatient(Connecting.to(servicenow, null));
            // classes are loaded, code is compiled
            ours(jenkins, servicenow, WAITS / 5, FlowDurabilityHint.MAX_SURVIVABILITY);
            bare(jenkins, WAITS / 5, FlowDurabilityHint.MAX_SURVIVABILITY);
            System.out.printf(
                    "%d waits, %d in a Pipeline, decided at once; %d processors, Java %s%n",
                    WAITS, BRANCHES, Runtime.getRuntime().availableProcessors(), Runtime.version());
            for (FlowDurabilityHint durability :
                    List.of(FlowDurabilityHint.MAX_SURVIVABILITY, FlowDurabilityHint.PERFORMANCE_OPTIMIZED)) {
                row("bare step, " + durability, bare(jenkins, WAITS, durability));
                row("our step, " + durability, ours(jenkins, servicenow, WAITS, durability));
                row("bare step again, " + durability, bare(jenkins, WAITS, durability));
            }
        }
    }

    private static void row(String what, double[] seconds) {
        Arrays.sort(seconds);
        System.out.printf(
                "%-45s goes on after p50 %.1f s, p99 %.1f s, last %.1f s%n",
                what, seconds[seconds.length / 2], seconds[seconds.length * 99 / 100], seconds[seconds.length - 1]);
    }

    private double[] ours(JenkinsRule jenkins, Simulator servicenow, int waits, FlowDurabilityHint durability)
            throws Exception {
        int first = numbers;
        List<WorkflowRun> builds = start(jenkins, waits, durability, number -> {
            Gates.open(servicenow, number);
            return Gates.step(number);
        });
        await().atMost(LONG).until(() -> Waits.get().size() == waits);
        await().atMost(LONG)
                .until(() -> Waits.get().all().stream()
                        .allMatch(waiter -> waiter.approval().sight() != null));
        long decided = System.nanoTime();
        for (int place = first; place < numbers; place++) {
            Gates.approve(servicenow, number(place));
        }
        return times(jenkins, builds, waits, decided);
    }

    private double[] bare(JenkinsRule jenkins, int waits, FlowDurabilityHint durability) throws Exception {
        List<WorkflowRun> builds = start(jenkins, waits, durability, number -> "waitOnly()");
        await().atMost(LONG).until(() -> WaitOnlyStep.HELD.size() == waits);
        long decided = System.nanoTime();
        for (StepContext held = WaitOnlyStep.HELD.poll(); held != null; held = WaitOnlyStep.HELD.poll()) {
            held.onSuccess(null);
        }
        return times(jenkins, builds, waits, decided);
    }

    /** How a branch waits for its change. */
    @FunctionalInterface
    private interface Way {
        String step(String number);
    }

    private List<WorkflowRun> start(JenkinsRule jenkins, int waits, FlowDurabilityHint durability, Way way)
            throws Exception {
        WENT_ON.clear();
        List<WorkflowRun> builds = new ArrayList<>();
        for (int begun = 0; begun < waits; begun += BRANCHES) {
            StringBuilder script = new StringBuilder("def all = [:]\n");
            for (int branch = 0; branch < BRANCHES; branch++) {
                script.append("all.b")
                        .append(branch)
                        .append(" = { ")
                        .append(way.step(number(numbers++)))
                        .append("; goOn() }\n");
            }
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job-" + jobs++);
            job.setDefinition(
                    new CpsFlowDefinition(script.append("parallel all").toString(), true));
            job.addProperty(new DurabilityHintJobProperty(durability));
            builds.add(job.scheduleBuild2(0).waitForStart());
        }
        return builds;
    }

    private static double[] times(JenkinsRule jenkins, List<WorkflowRun> builds, int waits, long decided)
            throws Exception {
        await().atMost(LONG).until(() -> WENT_ON.size() == waits);
        for (WorkflowRun build : builds) {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        }
        return WENT_ON.stream().mapToDouble(at -> (at - decided) / 1e9).toArray();
    }

    private static String number(int place) {
        return "CHG00" + (10_000 + place);
    }

    /** Does nothing but wait until it is let go. */
    public static class WaitOnlyStep extends Step {

        static final Queue<StepContext> HELD = new ConcurrentLinkedQueue<>();

        @DataBoundConstructor
        public WaitOnlyStep() {
            // nothing to set
        }

        @Override
        public StepExecution start(StepContext context) {
            return new Execution(context);
        }

        private static final class Execution extends StepExecution {

            private static final long serialVersionUID = 1L;

            Execution(StepContext context) {
                super(context);
            }

            @Override
            public boolean start() {
                HELD.add(getContext());
                return false;
            }
        }

        /** Known by its name only. */
        @TestExtension
        public static class DescriptorImpl extends NamedOnly {

            @Override
            public String getFunctionName() {
                return "waitOnly";
            }
        }
    }

    /** Notes the moment at which it was come to. */
    public static class GoOnStep extends Step {

        @DataBoundConstructor
        public GoOnStep() {
            // nothing to set
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronous(context, each -> WENT_ON.add(System.nanoTime()));
        }

        /** Known by its name only. */
        @TestExtension
        public static class DescriptorImpl extends NamedOnly {

            @Override
            public String getFunctionName() {
                return "goOn";
            }
        }
    }

    private abstract static class NamedOnly extends StepDescriptor {

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of();
        }
    }
}
