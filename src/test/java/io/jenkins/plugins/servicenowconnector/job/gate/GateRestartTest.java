package io.jenkins.plugins.servicenowconnector.job.gate;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.job.TicketParameterDefinition;
import io.jenkins.plugins.servicenowconnector.job.TicketParameterValue;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Builds that wait for their ticket while Jenkins goes down: with its queue on disk, and without. */
class GateRestartTest {

    private static final double SCALE = Double.parseDouble(System.getProperty("long.scale", "0.1"));
    private static final int MANY = Math.max(50, (int) (500 * SCALE));

    private static final Simulator SERVICENOW = Simulator.start();

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeEach
    void reset() {
        SERVICENOW.reset();
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void waitsGoOnWithTheirDeadlinesAndNothingIsCreatedTwice() throws Throwable {
        String named = GatedJobs.change(SERVICENOW);
        String late = GatedJobs.change(SERVICENOW);
        String checked = GatedJobs.change(SERVICENOW);
        sessions.then(jenkins -> {
            Connecting.to(SERVICENOW, null);
            GatedJobs jobs = new GatedJobs(jenkins);
            FreeStyleProject byName = jobs.job("named", GatedJobs.byParameter());
            FreeStyleProject creating = jobs.job("creating", GateCreationTest.creating(SERVICENOW));
            GatedJobs.start(byName, named);
            GatedJobs.start(creating, "1");
            GatedJobs.looked(byName);
            GatedJobs.looked(creating);
            SERVICENOW
                    .faults()
                    .next(
                            call -> call.method().equals("POST"),
                            Fault.silentThenLateCommit(Duration.ofMinutes(5), Duration.ZERO));
            FreeStyleProject inDoubt = jobs.job("in-doubt", GateCreationTest.creating(SERVICENOW));
            GatedJobs.start(inDoubt, "2");
            Awaitility.await().until(() -> created("Deploy 2 of in-doubt") != null);
            ApprovalGate brief = GatedJobs.byParameter();
            brief.setTimeout("5s");
            brief.setOnNotRun("cancel");
            GatedJobs.start(jobs.job("brief", brief), late);
            FreeStyleProject checks = jenkins.createFreeStyleProject("checked");
            TicketParameterDefinition parameter = new TicketParameterDefinition("CHANGE");
            parameter.setMustMatch("state = -4");
            checks.addProperty(new ParametersDefinitionProperty(parameter));
            GatedJobs.set(checks, GatedJobs.byParameter());
            checks.scheduleBuild2(0, new ParametersAction(new TicketParameterValue("CHANGE", checked)));
            GatedJobs.why(checks, "state Assess");
            Awaitility.await().until(() -> GateRecords.all().size() == 5);
            Queue.getInstance().save();
        });
        GatedJobs.row(SERVICENOW, named).set("state", "-2").set("approval", "approved");
        GatedJobs.row(SERVICENOW, checked).set("state", "-2").set("approval", "approved");
        Row row = created("Deploy 1 of creating");
        SERVICENOW.settle();
        SERVICENOW.desk().approveAll(row.number());
        sessions.then(jenkins -> {
            assertThat(build(jenkins, "named")
                            .getAction(GateTicket.class)
                            .ticket()
                            .getName())
                    .isEqualTo(named);
            assertThat(build(jenkins, "creating")
                            .getAction(GateTicket.class)
                            .ticket()
                            .getSysId())
                    .isEqualTo(row.sysId());
            build(jenkins, "checked");
            assertThat(GatedJobs.notStarted(job(jenkins, "brief")).getReason()).startsWith("expired: " + late);
            Awaitility.await()
                    .until(() -> GatedJobs.row(SERVICENOW, late).get("state").equals("4"));
            GatedJobs.looked(job(jenkins, "in-doubt"));
            SERVICENOW.desk().approveAll(created("Deploy 2 of in-doubt").number());
            GatedJobs.look();
            build(jenkins, "in-doubt");
            assertThat(NotStartedBuilds.of(job(jenkins, "named"))).isEmpty();
            Awaitility.await().until(() -> GateRecords.all().isEmpty());
            assertThat(Waits.get().size()).isZero();
        });
        assertThat(SERVICENOW.tables().rows("change_request")).hasSize(5);
        assertThat(SERVICENOW.requests().stream().map(Exchange::method).filter("POST"::equals))
                .hasSize(2);
    }

    @Test
    void itemThatIsLostWithTheQueueIsReportedAndItsTicketIsTold() throws Throwable {
        String change = GatedJobs.change(SERVICENOW);
        sessions.then(jenkins -> {
            Connecting.to(SERVICENOW, null);
            FreeStyleProject job = new GatedJobs(jenkins).job("lost", GatedJobs.byParameter());
            GatedJobs.start(job, change);
            GatedJobs.looked(job);
        });
        Files.delete(sessions.getHome().toPath().resolve("queue.xml"));
        sessions.then(jenkins -> {
            NotStarted not = GatedJobs.notStarted(job(jenkins, "lost"));
            assertThat(not.getTicket()).isEqualTo(change);
            assertThat(not.getUrl()).contains(GatedJobs.row(SERVICENOW, change).sysId());
            assertThat(not.getReason()).startsWith("Jenkins stopped before it had written its queue");
            Awaitility.await()
                    .until(() -> GatedJobs.row(SERVICENOW, change)
                            .journal()
                            .toString()
                            .contains("was lost when Jenkins stopped"));
            Awaitility.await().until(() -> GateRecords.all().isEmpty());
            assertThat(GatedJobs.notStarted(job(jenkins, "lost")).getNote()).startsWith(change + ": ");
        });
        sessions.then(jenkins -> assertThat(NotStartedBuilds.of(job(jenkins, "lost")))
                .as("told once")
                .hasSize(1));
    }

    @Test
    void whatWasSeenAndDoneIsNotForgotten() throws Throwable {
        String change = GatedJobs.change(SERVICENOW);
        String refused = GatedJobs.change(SERVICENOW);
        String started = GatedJobs.change(SERVICENOW);
        Path home = sessions.getHome().toPath();
        Map<Path, byte[]> killed = new HashMap<>();
        List<Instant> began = new ArrayList<>();
        sessions.then(jenkins -> {
            Connecting.to(SERVICENOW, null);
            GatedJobs jobs = new GatedJobs(jenkins);
            FreeStyleProject seen = jobs.job("seen", GatedJobs.byParameter());
            FreeStyleProject creating = jobs.job("creating", GateCreationTest.creating(SERVICENOW));
            FreeStyleProject gone = jobs.job("gone", GatedJobs.byParameter());
            GatedJobs.start(seen, change);
            GatedJobs.start(creating, "1");
            GatedJobs.start(gone, refused);
            FreeStyleProject ran = jobs.job("ran", GatedJobs.byParameter());
            GatedJobs.start(ran, started);
            for (FreeStyleProject job : List.of(seen, creating, gone, ran)) {
                GatedJobs.looked(job);
            }
            Queue.getInstance().save();
            keep(home.resolve("queue.xml"), killed);
            keepRecords(home, killed);
            GatedJobs.approve(SERVICENOW, started);
            build(jenkins, "ran");
            // nobody writes the queue while it is locked, as if Jenkins were killed before it has done so
            Queue.withLock(() -> {
                began.addAll(began());
                Queue.getInstance().cancel(GatedJobs.queued(gone).get(0));
                Awaitility.await().until(() -> GateRecords.all().stream().anyMatch(GateRecord::isSettled));
                keepRecords(home, killed);
            });
        });
        for (Map.Entry<Path, byte[]> file : killed.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
        Row created = created("Deploy 1 of creating");
        created.set("state", "-5").set("approval", "not requested");
        SERVICENOW
                .tables()
                .first("sys_user_group", "name", "Network")
                .orElseThrow()
                .set("name", "Networks");
        SERVICENOW.faults().always(Fault.UNAUTHENTICATED);
        long before =
                SERVICENOW.requests().stream().filter(GateRestartTest::writes).count();
        sessions.then(jenkins -> {
            FreeStyleProject seen = job(jenkins, "seen");
            GatedJobs.why(seen, "has refused this account's secret");
            SERVICENOW.faults().none();
            Connectors.find("test", seen).tryRefusedSecretAgain();
            GatedJobs.look();
            GatedJobs.looked(seen);
            GatedJobs.why(job(jenkins, "creating"), "state New");
            assertThat(began()).hasSize(2).isSubsetOf(began);
            Awaitility.await()
                    .until(() -> GatedJobs.queued(job(jenkins, "gone")).isEmpty());
            assertThat(GatedJobs.notStarted(job(jenkins, "gone")).getReason()).isEqualTo("Canceled in the queue");
            Awaitility.await().until(() -> GateRecords.all().size() == 2);
            assertThat(job(jenkins, "ran").getBuilds()).as("not started again").hasSize(1);
            assertThat(GatedJobs.queued(job(jenkins, "ran"))).isEmpty();
            assertThat(NotStartedBuilds.of(job(jenkins, "ran"))).isEmpty();
            // written soon, not left to the next item
            Awaitility.await().until(() -> Files.exists(home.resolve("queue.xml")));
            assertThat(SERVICENOW.requests().stream().filter(GateRestartTest::writes))
                    .hasSize((int) before);
        });
    }

    private static boolean writes(Exchange exchange) {
        return !exchange.method().equals("GET");
    }

    private static List<Instant> began() {
        return Waits.get().all().stream()
                .map(waiter -> waiter.approval().began())
                .toList();
    }

    /** What is being written, or deleted, meanwhile is as it was before. */
    private static void keepRecords(Path home, Map<Path, byte[]> files) {
        for (File record :
                home.resolve("servicenow-gates").toFile().listFiles((folder, name) -> name.endsWith(".xml"))) {
            keep(record.toPath(), files);
        }
    }

    private static void keep(Path file, Map<Path, byte[]> files) {
        try {
            files.put(file, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            // deleted since it was listed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Tag("long")
    void manyItemsWaitOnUntilTheSameMoments() throws Throwable {
        Set<Instant> before = new HashSet<>();
        sessions.then(jenkins -> {
            CallLimits limits = new CallLimits();
            limits.setPollsPerMinute("1000");
            Connecting.to(SERVICENOW, null).setLimits(limits);
            ServiceNowConnectors.get().save();
            FreeStyleProject job = new GatedJobs(jenkins).job("many", GatedJobs.byParameter());
            for (int i = 0; i < MANY; i++) {
                GatedJobs.start(job, GatedJobs.change(SERVICENOW));
            }
            before.addAll(deadlines());
        });
        sessions.then(jenkins -> {
            assertThat(deadlines()).containsExactlyInAnyOrderElementsOf(before);
            assertThat(GatedJobs.queued(job(jenkins, "many"))).hasSize(MANY);
            assertThat(jenkins.jenkins.toComputer().countBusy()).isZero();
            assertThat(NotStartedBuilds.of(job(jenkins, "many"))).isEmpty();
        });
    }

    private static Set<Instant> deadlines() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> Waits.get().all().stream()
                                .filter(waiter -> waiter.approval().sight() != null)
                                .count()
                        == MANY);
        return Waits.get().all().stream()
                .map(waiter -> waiter.approval().deadline())
                .collect(Collectors.toSet());
    }

    private static Row created(String title) {
        return SERVICENOW
                .tables()
                .first("change_request", "short_description", title)
                .orElse(null);
    }

    private static FreeStyleProject job(JenkinsRule jenkins, String name) {
        return jenkins.jenkins.getItemByFullName(name, FreeStyleProject.class);
    }

    private static FreeStyleBuild build(JenkinsRule jenkins, String name) throws Exception {
        FreeStyleBuild build = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> job(jenkins, name).getLastBuild(), each -> each != null);
        return jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
    }
}
