package io.jenkins.plugins.servicenowconnector.benchmark;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.StepKey;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowCreateStep;
import io.jenkins.plugins.servicenowconnector.step.TicketRun;
import io.jenkins.plugins.servicenowconnector.step.TicketTurns;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import jenkins.security.MasterToSlaveCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * What one creation costs above a bare HTTP call from the same agent: checking, signing in, the channel's values, and what is
 * written to disk with the build before and after the call.
 *
 * <p>Not run with the tests: {@code mvn test -Dtest=CreateBenchmark}.
 */
@WithJenkins
class CreateBenchmark {

    private static final int BUILDS = 30;
    private static final int IN_A_BUILD = 10;
    private static final int WARM = 5;

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @Test
    void measure(JenkinsRule jenkins) throws Exception {
        jenkins.timeout = 0;
        try (Simulator servicenow = Simulator.start()) {
            VirtualChannel agent = agents.createAgent(
                            jenkins,
                            InboundAgentExtension.Options.newBuilder()
                                    .name("outpost")
                                    .label("servicenow")
                                    .build())
                    .getChannel();
            Connector connector = Connecting.to(servicenow, "servicenow");
            BarePost bare = new BarePost(connector.getUrl());
            FreeStyleProject job = jenkins.createFreeStyleProject();
            long[] ours = new long[BUILDS * IN_A_BUILD];
            long[] bares = new long[BUILDS * IN_A_BUILD];
            for (int place = -WARM * IN_A_BUILD; place < ours.length; ) {
                // a build with few tickets, as builds are
                FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
                for (int i = 0; i < IN_A_BUILD; i++, place++) {
                    long begin = System.nanoTime();
                    create(build, place);
                    long between = System.nanoTime();
                    agent.call(bare);
                    long end = System.nanoTime();
                    if (place >= 0) {
                        ours[place] = between - begin;
                        bares[place] = end - between;
                    }
                }
            }
            Arrays.sort(ours);
            Arrays.sort(bares);
            System.out.printf(
                    "%d creations, %d requests in all: create %.1f ms (p95 %.1f), bare call %.1f ms (p95 %.1f)%n",
                    ours.length, servicenow.requestCount(), at(ours, 50), at(ours, 95), at(bares, 50), at(bares, 95));
        }
    }

    private static double at(long[] sorted, int percent) {
        return sorted[sorted.length * percent / 100] / 1e6;
    }

    private static void create(FreeStyleBuild build, int place) throws Exception {
        ServiceNowCreateStep step = new ServiceNowCreateStep();
        step.setTicketType("incident");
        step.setShortDescription("Deploy " + place);
        String name = "step " + place;
        Instant deadline = Instant.now().plusSeconds(60);
        TicketRun run = new TicketRun(build, line -> {}, null, null, () -> new StepKey(name), name, () -> deadline);
        new TicketTurns(step, run).next();
    }

    /** The same record by a plain call of the JDK's client, which keeps its connection too. */
    private static final class BarePost extends MasterToSlaveCallable<Integer, IOException> {

        private static final long serialVersionUID = 1L;

        private static final HttpClient CLIENT = HttpClient.newHttpClient();

        private final String url;

        BarePost(String url) {
            this.url = url;
        }

        @Override
        public Integer call() throws IOException {
            String account = Simulator.USER + ":" + Simulator.PASSWORD;
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/now/table/incident"))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json")
                    .header(
                            "Authorization",
                            "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8)))
                    .POST(BodyPublishers.ofString("{\"short_description\":\"Deploy\"}"))
                    .build();
            try {
                return CLIENT.send(request, BodyHandlers.ofString()).statusCode();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }
}
