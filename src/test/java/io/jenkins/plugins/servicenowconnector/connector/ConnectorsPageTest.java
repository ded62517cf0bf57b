package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hudson.util.FormValidation;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConnectorsPageTest {

    private static final String PAGE = "manage/servicenow-connectors";

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Connecting.credentials(Simulator.PASSWORD);
    }

    @Test
    void configRoundTrip() throws Exception {
        Connector connector =
                new Connector("Production", "https://example.service-now.com/", new BasicKind(Connecting.CREDENTIALS));
        connector.setId("prod");
        connector.setAgentLabel("dmz && linux");
        ServiceNowConnectors.get().setConnectors(List.of(connector));

        submit(jenkins.createWebClient());

        assertThat(ServiceNowConnectors.get().getConnectors()).hasSize(1);
        jenkins.assertEqualDataBoundBeans(
                connector, ServiceNowConnectors.get().getConnectors().get(0));
    }

    @Test
    void aChangedNameKeepsTheId() throws Exception {
        ServiceNowConnectors.get()
                .setConnectors(List.of(
                        new Connector("My Instance", "https://a.example.com", new BasicKind(Connecting.CREDENTIALS))));
        HtmlPage page = jenkins.createWebClient().goTo(PAGE);
        HtmlForm form = page.getFormByName("config");
        assertThat(form.getInputByName("_.id").getValue()).isEqualTo("my-instance");

        form.getInputByName("_.name").setValue("Renamed");
        jenkins.submit(form);

        Connector saved = ServiceNowConnectors.get().getConnectors().get(0);
        assertThat(saved.getName()).isEqualTo("Renamed");
        assertThat(saved.getId()).isEqualTo("my-instance");
    }

    @Test
    void theLastConnectorCanBeDeleted() throws Exception {
        ServiceNowConnectors.get()
                .setConnectors(List.of(
                        new Connector("My Instance", "https://a.example.com", new BasicKind(Connecting.CREDENTIALS))));
        HtmlPage page = jenkins.createWebClient().goTo(PAGE);
        HtmlForm form = page.getFormByName("config");

        ((HtmlElement) form.querySelector(".repeatable-delete")).click();
        jenkins.submit(form);

        assertThat(ServiceNowConnectors.get().getConnectors()).isEmpty();
    }

    @Test
    void connectorsThatWouldBeMistakenForEachOtherAreRefused() {
        Connector one = new Connector("prod", "https://a.example.com", new BasicKind(Connecting.CREDENTIALS));
        Connector two = new Connector("PROD", "https://b.example.com", new BasicKind(Connecting.CREDENTIALS));

        assertThat(catchThrowable(() -> ServiceNowConnectors.get().setConnectors(List.of(one, two))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Two connectors are called 'prod'");
        assertThat(ServiceNowConnectors.get().getConnectors()).isEmpty();
    }

    @Test
    void urlsThatAreNoInstanceAreRefusedWhileTyping() {
        Connector.DescriptorImpl form = Jenkins.get().getDescriptorByType(Connector.DescriptorImpl.class);

        assertThat(form.doCheckUrl("https://example.service-now.com").kind).isEqualTo(FormValidation.Kind.OK);
        for (String url :
                List.of("", "http://example.com", "https://u:p@example.com", "https://example.com?x=1", "ftp://x")) {
            assertThat(form.doCheckUrl(url).kind).as(url).isEqualTo(FormValidation.Kind.ERROR);
        }
    }

    @Test
    void onlyAdministratorsSaveAndOthersListNoCredentials() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ)
                .everywhere()
                .to("user"));

        assertThat(statusFor("user", PAGE)).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        assertThat(statusFor("reader", PAGE)).isEqualTo(HttpURLConnection.HTTP_OK);
        assertThat(postAs("reader", PAGE + "/configSubmit?json=%7B%7D")).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        String descriptor = "descriptorByName/" + BasicKind.class.getName();
        assertThat(textAs("reader", descriptor + "/fillCredentialsIdItems?credentialsId="))
                .doesNotContain(Connecting.CREDENTIALS);
        assertThat(textAs("admin", descriptor + "/fillCredentialsIdItems?credentialsId="))
                .contains(Connecting.CREDENTIALS);
        assertThat(textAs("reader", descriptor + "/checkCredentialsId?value=guess"))
                .doesNotContain("not found");
        for (String check : List.of("checkName", "checkId", "checkUrl", "checkAgentLabel", "autoCompleteAgentLabel")) {
            assertThat(postAs(
                            "reader",
                            "descriptorByName/" + Connector.class.getName() + "/" + check + "?value=x&name=x"))
                    .as(check)
                    .isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        }
    }

    private void submit(JenkinsRule.WebClient client) throws Exception {
        jenkins.submit(client.goTo(PAGE).getFormByName("config"));
    }

    private int statusFor(String user, String path) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().login(user);
        client.setThrowExceptionOnFailingStatusCode(false);
        return client.goTo(path).getWebResponse().getStatusCode();
    }

    private int postAs(String user, String path) throws Exception {
        return post(user, path).getStatusCode();
    }

    private String textAs(String user, String path) throws Exception {
        return post(user, path).getContentAsString();
    }

    private WebResponse post(String user, String path) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().login(user);
        client.setThrowExceptionOnFailingStatusCode(false);
        URI address = jenkins.getURL().toURI().resolve(path);
        WebRequest request = new WebRequest(address.toURL(), HttpMethod.POST);
        client.addCrumb(request);
        return client.getPage(request).getWebResponse();
    }
}
