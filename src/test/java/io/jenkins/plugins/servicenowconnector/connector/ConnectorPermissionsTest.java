package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** That nobody but an administrator changes or tries a connector; the simulator records what would have leaked. */
@WithJenkins
class ConnectorPermissionsTest {

    private static final Simulator RECORDER = Simulator.start();

    private static final String PAGE = "manage/servicenow-connectors/";

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        RECORDER.reset();
        Connecting.to(RECORDER, null);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.CREATE)
                .everywhere()
                .to("developer"));
    }

    @AfterAll
    static void stop() {
        RECORDER.close();
    }

    @Test
    void onlyAdministratorsChangeOrTryConnectors() throws Exception {
        String json = "{\"name\":\"x\",\"url\":\"" + RECORDER.url() + "\",\"authentication\":{\"stapler-class\":\""
                + BasicKind.class.getName() + "\",\"credentialsId\":\"" + Connecting.CREDENTIALS + "\"}}";
        String form = "json=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
        for (String user : List.of("reader", "developer")) {
            for (String path : List.of(
                    "submit?" + form,
                    "submit?test=1&" + form,
                    "submit?unchecked=1&" + form,
                    "settings/submit?" + form,
                    "connector/test/delete",
                    "connector/test/checkNow",
                    "new/")) {
                assertThat(post(user, PAGE + path).getStatusCode())
                        .as(user + " " + path)
                        .isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
            }
        }
        assertThat(RECORDER.requestCount()).isZero();
        assertThat(ServiceNowConnectors.get().getConnectors()).hasSize(1);
    }

    @Test
    void whoMayReadTheSystemSeesTheListAndOthersNothing() throws Exception {
        assertThat(get("reader", PAGE).getContentAsString()).contains("Test instance");
        WebResponse form = get("reader", PAGE + "connector/test/");
        assertThat(form.getStatusCode()).isEqualTo(HttpURLConnection.HTTP_OK);
        assertThat(form.getContentAsString()).doesNotContain("Test connection", "checkNow", Simulator.PASSWORD);
        for (String path : List.of("", "connector/test/", "new/", "settings/", "api/json")) {
            assertThat(get("developer", PAGE + path).getStatusCode())
                    .as(path)
                    .isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        }
    }

    @Test
    void checksAndListsGiveNothingAway() throws Exception {
        for (String user : List.of("reader", "developer")) {
            for (String check : List.of(
                    "Connector/checkName",
                    "Connector/checkId",
                    "Connector/checkUrl",
                    "Connector/checkLinkUrl",
                    "Connector/checkAgentLabel",
                    "Connector/autoCompleteAgentLabel",
                    "UseRules/checkTicketTypes",
                    "UseRules/checkStepsMayChooseAgent",
                    "DefaultFields/checkTicketType",
                    "DefaultField/checkName",
                    "ApprovalDefaults/checkTicketType",
                    "CallLimits/checkConnectTimeout",
                    "CallLimits/checkResponseTimeout",
                    "CallLimits/checkSmallestRetryInterval",
                    "CallLimits/checkPollsPerMinute",
                    "CallLimits/checkParallelCalls")) {
                assertThat(post(user, descriptor(check) + "?value=x&name=x").getStatusCode())
                        .as(user + " " + check)
                        .isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
            }
            assertThat(post(user, descriptor("BasicKind/fillCredentialsIdItems"))
                            .getContentAsString())
                    .doesNotContain(Connecting.CREDENTIALS);
            assertThat(post(user, descriptor("BasicKind/checkCredentialsId") + "?value=nothing")
                            .getContentAsString())
                    .doesNotContain("nothing");
        }
    }

    private static String descriptor(String method) {
        return "descriptorByName/" + Connector.class.getPackageName() + "." + method;
    }

    private WebResponse get(String user, String path) throws Exception {
        return send(user, path, HttpMethod.GET);
    }

    private WebResponse post(String user, String path) throws Exception {
        return send(user, path, HttpMethod.POST);
    }

    private WebResponse send(String user, String path, HttpMethod method) throws Exception {
        JenkinsRule.WebClient client =
                jenkins.createWebClient().withJavaScriptEnabled(false).login(user);
        client.setThrowExceptionOnFailingStatusCode(false);
        WebRequest request =
                new WebRequest(jenkins.getURL().toURI().resolve(path).toURL(), method);
        if (method == HttpMethod.POST) {
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse();
    }
}
