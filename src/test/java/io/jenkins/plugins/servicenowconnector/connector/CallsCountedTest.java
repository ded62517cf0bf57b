package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.labels.LabelAtom;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Tickets;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.signin.OAuthClient;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** How many connections and requests are made; counted at the simulator, printed for whoever wants to know. */
@WithJenkins
class CallsCountedTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SERVICENOW.reset();
        jenkins.createOnlineSlave(new LabelAtom("dmz"));
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void thousandReadsThroughOneAgentTakeOneConnection() throws Exception {
        Connecting.to(SERVICENOW, "dmz");
        Tickets tickets =
                new Tickets(Connectors.open("test", ConnectorUse.by(null), null).instance());
        String number = incident();
        int before = SERVICENOW.connections();

        for (int read = 0; read < 1_000; read++) {
            tickets.get("incident", TicketKey.number("ticketNumber", number), List.of());
        }

        int opened = SERVICENOW.connections() - before;
        System.out.println("1,000 sequential reads through one agent: " + opened + " connection, "
                + SERVICENOW.requestCount() + " requests");
        assertThat(opened).isEqualTo(1);
        assertThat(SERVICENOW.requestCount()).isEqualTo(1_000);
    }

    @Test
    void burstOfCallsWithAnExpiredTokenMakesOneTokenRequest() throws Exception {
        SERVICENOW.signIn().endpoint().client(new OAuthClient("client", "client-secret", Simulator.USER, ""));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.SYSTEM, "oauth", "", "client", "client-secret"));
        Connector connector = new Connector("Test", SERVICENOW.url().toString(), new ClientCredentialsKind("oauth"));
        connector.setId("test");
        connector.setAgentLabel("dmz");
        connector.setSkipValidation(true);
        CallLimits limits = new CallLimits();
        limits.setParallelCalls("50");
        connector.setLimits(limits);
        ServiceNowConnectors.get().setConnectors(List.of(connector));
        String number = incident();
        read(number).call();
        SERVICENOW.signIn().tokens().revokeAll();
        int before = SERVICENOW.signIn().endpoint().requests();

        inParallel(50, read(number));

        int requests = SERVICENOW.signIn().endpoint().requests() - before;
        System.out.println("50 calls at once with an expired token: " + requests + " token request");
        assertThat(requests).isEqualTo(1);
    }

    @Test
    void waitsWithAWrongPasswordMakeOneRequest() throws Exception {
        Connecting.to(SERVICENOW, "dmz", "wrong");
        WorkflowJob job =
                Pipelines.job(jenkins, "waits", "serviceNowApproval ticketNumber: params.NUMBER, retryInterval: '10s'");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("NUMBER", "CHG0")));
        List<WorkflowRun> builds = new ArrayList<>();
        for (int wait = 0; wait < 50; wait++) {
            builds.add(job.scheduleBuild2(
                            0, new ParametersAction(new StringParameterValue("NUMBER", "CHG" + (1000 + wait))))
                    .waitForStart());
        }

        for (WorkflowRun build : builds) {
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        }

        System.out.println("50 waits with a wrong password: " + SERVICENOW.requestCount() + " request");
        assertThat(SERVICENOW.requestCount()).isEqualTo(1);
        // those whose ticket was in the one request see its answer, all others are told that it is not tried again
        int asked = 0;
        for (WorkflowRun build : builds) {
            String log = JenkinsRule.getLog(build);
            assertThat(log).containsAnyOf("HTTP status 401", "has refused this account's secret");
            asked += log.contains("HTTP status 401") ? 1 : 0;
        }
        assertThat(asked).isPositive();
    }

    private static String incident() {
        return SERVICENOW
                .tables()
                .seed("incident", Map.of("short_description", "x"))
                .get("number");
    }

    private static Callable<Object> read(String number) {
        return () -> {
            Tickets tickets = new Tickets(
                    Connectors.open("test", ConnectorUse.by(null), null).instance());
            return tickets.get("incident", TicketKey.number("ticketNumber", number), List.of());
        };
    }

    private static void inParallel(int times, Callable<Object> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<Callable<Object>> calls = new ArrayList<>();
            for (int each = 0; each < times; each++) {
                calls.add(call);
            }
            for (Future<Object> done : threads.invokeAll(calls)) {
                assertThat(done.get()).isNotNull();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
