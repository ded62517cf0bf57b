package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors.Seen;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConnectorsPageTest {

    private static final String PAGE = "manage/servicenow-connectors/";

    private static final Simulator SERVICENOW = Simulator.start();

    private JenkinsRule jenkins;
    private JenkinsRule.WebClient browser;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        browser = jenkins.createWebClient();
        browser.setThrowExceptionOnFailingStatusCode(false);
        SERVICENOW.reset();
        Connecting.credentials(Simulator.PASSWORD);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void listShowsWhatAnAdministratorLooksFor() throws Exception {
        Connector one = unchecked("Production", "https://a.example.com");
        one.setTags("emea");
        one.setAgentLabel("dmz");
        store(one);

        String text = browser.goTo(PAGE).getElementById("connectors").asNormalizedText();

        assertThat(text)
                .contains(
                        "Production",
                        "production",
                        "https://a.example.com",
                        "User name and password",
                        "dmz",
                        "emea",
                        "Saved without verification",
                        "Not checked");
    }

    @Test
    void remoteInterfaceListsConnectorsWithoutSecrets() throws Exception {
        Connector one = unchecked("Production", "https://a.example.com");
        one.setTags("emea");
        store(one);

        String json = jenkins.getJSON(PAGE + "api/json?depth=2").getContentAsString();

        assertThat(json)
                .contains("\"id\":\"production\"", "\"tags\":\"emea\"", "\"stopped\":false")
                .doesNotContain(Connecting.CREDENTIALS, Simulator.PASSWORD);
    }

    @Test
    void newConnectorIsVerifiedOnSaveThroughItsAgent() throws Exception {
        HtmlForm form = browser.goTo(PAGE + "new/").getFormByName("connector");
        form.getInputByName("_.name").setValue("My Instance");
        form.getInputByName("_.url").setValue(SERVICENOW.url().toString());
        choose(form);

        HtmlPage list = press(form, "Submit");

        assertThat(ServiceNowConnectors.get().getConnectors())
                .singleElement()
                .satisfies(saved -> assertThat(saved.getId()).isEqualTo("my-instance"));
        assertThat(list.getElementById("connectors").asNormalizedText()).contains("Works", "from built-in node");
        // who we are, and whether that is an administrator
        assertThat(SERVICENOW.requestCount()).isEqualTo(2);
    }

    @Test
    void everyFieldHasANameForThoseWhoDoNotSeeIt() throws Exception {
        store(unchecked("Production", "https://a.example.com"));
        for (String page : List.of("new/", "connector/production/", "settings/")) {
            HtmlPage shown = browser.goTo(PAGE + page);
            browser.waitForBackgroundJavaScript(10_000);
            List<DomElement> fields =
                    shown.getByXPath("//form[@class='jenkins-form']//*[self::input[@type!='hidden' and"
                            + " @type!='submit'] or self::select or self::textarea]");

            assertThat(fields)
                    .hasSizeGreaterThan(2)
                    .allSatisfy(field -> assertThat(field.getAttribute("aria-label"))
                            .as(page + field.getAttribute("name"))
                            .isNotBlank());
        }
        assertThat(browser.goTo(PAGE + "new/")
                        .getFormByName("connector")
                        .getInputByName("_.url")
                        .getAttribute("aria-label"))
                .isEqualTo("ServiceNow URL");
    }

    @Test
    void refusedSaveKeepsWhatWasTypedAndNamesTheField() throws Exception {
        HtmlForm form = browser.goTo(PAGE + "new/").getFormByName("connector");
        form.getInputByName("_.name").setValue("My Instance");
        form.getInputByName("_.url").setValue("ftp://nowhere");
        form.getInputByName("_.tags").setValue("kept <script>alert(1)</script>");

        HtmlPage refused = press(form, "Submit");

        assertThat(refused.getWebResponse().getStatusCode()).isEqualTo(422);
        assertThat(problem(refused)).contains("Not saved.", "URL must begin with https://");
        assertThat(refused.getFormByName("connector").getInputByName("_.tags").getValue())
                .isEqualTo("kept <script>alert(1)</script>");
        assertThat(ServiceNowConnectors.get().getConnectors()).isEmpty();
    }

    @Test
    void connectorThatDoesNotAnswerIsSavedOnlyOnRequest() throws Exception {
        Connecting.credentials("wrong");
        HtmlForm form = browser.goTo(PAGE + "new/").getFormByName("connector");
        form.getInputByName("_.name").setValue("My Instance");
        form.getInputByName("_.url").setValue(SERVICENOW.url().toString());
        choose(form);

        HtmlPage refused = press(form, "Submit");

        assertThat(refused.getWebResponse().getStatusCode()).isEqualTo(422);
        assertThat(problem(refused)).contains("HTTP status 401");
        assertThat(ServiceNowConnectors.get().getConnectors()).isEmpty();

        press(refused.getFormByName("connector"), "unchecked");

        assertThat(ServiceNowConnectors.get().getConnectors()).hasSize(1);
        assertThat(SERVICENOW.requestCount()).isEqualTo(1);
        assertThat(browser.goTo(PAGE).getElementById("connectors").asNormalizedText())
                .contains("Not checked");
    }

    @Test
    void testConnectionShowsWhoWeAreAndSavesNothing() throws Exception {
        HtmlForm form = browser.goTo(PAGE + "new/").getFormByName("connector");
        form.getInputByName("_.name").setValue("My Instance");
        form.getInputByName("_.url").setValue(SERVICENOW.url().toString());
        choose(form);

        HtmlPage tested = press(form, "test");

        assertThat(tested.getElementById("check").asNormalizedText()).contains("The connection works.");
        assertThat(tested.getElementById("check-lines").asNormalizedText())
                .contains("built-in node", "Signed in as " + Simulator.USER, "Nothing was created or changed");
        assertThat(tested.getFormByName("connector").getInputByName("_.name").getValue())
                .isEqualTo("My Instance");
        assertThat(ServiceNowConnectors.get().getConnectors()).isEmpty();
    }

    @Test
    void savingWhatNoCallDependsOnContactsNobody() throws Exception {
        Connector one = unchecked("Production", SERVICENOW.url().toString());
        Connector other = unchecked("Test", SERVICENOW.url().toString());
        store(one, other);
        one.setSkipValidation(false);
        other.setSkipValidation(false);
        HtmlForm form = browser.goTo(PAGE + "connector/production/").getFormByName("connector");
        form.getInputByName("_.name").setValue("Renamed");

        press(form, "Submit");

        assertThat(Connectors.find("production", (Item) null).name()).isEqualTo("Renamed");
        assertThat(Connectors.find("test", (Item) null).connector()).isSameAs(other);
        assertThat(SERVICENOW.requestCount()).isZero();
    }

    @Test
    void savingWhatACallDependsOnContactsItsInstanceAlone() throws Exception {
        try (Simulator elsewhere = Simulator.start()) {
            Connector one = unchecked("Production", "https://a.example.com");
            Connector other = unchecked("Test", elsewhere.url().toString());
            store(one, other);
            one.setSkipValidation(false);
            other.setSkipValidation(false);
            HtmlForm form = browser.goTo(PAGE + "connector/production/").getFormByName("connector");
            form.getInputByName("_.url").setValue(SERVICENOW.url().toString());

            press(form, "Submit");

            assertThat(stored("production").getUrl()).isEqualTo(SERVICENOW.url().toString());
            assertThat(stored("test")).isSameAs(other);
            assertThat(SERVICENOW.requestCount()).isEqualTo(2);
            assertThat(elsewhere.requestCount()).isZero();
        }
    }

    @Test
    void idIsFixedOnceSaved() throws Exception {
        store(unchecked("Production", "https://a.example.com"));
        HtmlForm form = browser.goTo(PAGE + "connector/production/").getFormByName("connector");
        assertThat(form.getInputByName("_.id").isReadOnly()).isTrue();
        form.getInputByName("_.id").removeAttribute("readonly");
        form.getInputByName("_.id").setValue("other");

        press(form, "Submit");

        assertThat(ServiceNowConnectors.get().getConnectors().get(0).getId()).isEqualTo("production");
    }

    @Test
    void secondOfTwoWhoSaveIsToldAndLosesNothing() throws Exception {
        store(unchecked("Production", "https://a.example.com"));
        HtmlForm first = browser.goTo(PAGE + "connector/production/").getFormByName("connector");
        JenkinsRule.WebClient other = jenkins.createWebClient();
        other.setThrowExceptionOnFailingStatusCode(false);
        HtmlForm second = other.goTo(PAGE + "connector/production/").getFormByName("connector");
        first.getInputByName("_.description").setValue("first");
        second.getInputByName("_.description").setValue("second");
        press(first, "Submit");

        HtmlPage refused = press(second, "Submit");

        assertThat(refused.getWebResponse().getStatusCode()).isEqualTo(422);
        assertThat(problem(refused)).contains("Somebody else has saved the connector 'production'");
        assertThat(stored("production").getDescription()).isEqualTo("first");
        HtmlForm again = refused.getFormByName("connector");
        assertThat(again.getInputByName("_.description").getValue()).isEqualTo("second");

        press(again, "Submit");

        assertThat(stored("production").getDescription()).isEqualTo("second");
    }

    @Test
    void ofTwoWhoSaveTheSameAtOnceOneIsToldAndOthersLoseNothing() throws Exception {
        store(unchecked("Production", "https://a.example.com"), unchecked("Test", "https://b.example.com"));
        Seen seen = new Seen("production", stored("production").fingerprint());
        Connector test = unchecked("Test", "https://d.example.com");
        List<Callable<Boolean>> saves = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Connector next = unchecked("Production", "https://c" + i + ".example.com");
            saves.add(() -> saved(seen, next));
        }
        saves.add(() -> saved(new Seen("test", stored("test").fingerprint()), test));
        ExecutorService people = Executors.newFixedThreadPool(saves.size());

        List<Boolean> outcomes = new ArrayList<>();
        for (Future<Boolean> outcome : people.invokeAll(saves)) {
            outcomes.add(outcome.get());
        }

        people.shutdown();
        assertThat(outcomes.subList(0, 8)).containsOnlyOnce(true);
        String winner = "https://c" + outcomes.indexOf(true) + ".example.com";
        assertThat(stored("production").getUrl()).isEqualTo(winner);
        assertThat(stored("test")).isSameAs(test);
        ServiceNowConnectors.get().load();
        assertThat(stored("production").getUrl()).isEqualTo(winner);
        assertThat(stored("test").getUrl()).isEqualTo("https://d.example.com");
    }

    @Test
    void connectorThatSomebodyDeletedMeanwhileCanBeCreatedAnew() throws Exception {
        store(unchecked("Production", "https://a.example.com"));
        HtmlForm form = browser.goTo(PAGE + "connector/production/").getFormByName("connector");
        ServiceNowConnectors.get().delete("production");

        HtmlPage refused = press(form, "Submit");

        assertThat(problem(refused)).contains("Somebody else has deleted the connector 'production'");
        press(refused.getFormByName("connector"), "Submit");
        assertThat(stored("production").getName()).isEqualTo("Production");
    }

    @Test
    void nameOfAnotherConnectorIsRefusedInAnyCase() throws Exception {
        store(unchecked("Production", "https://a.example.com"), unchecked("Test", "https://b.example.com"));
        HtmlForm form = browser.goTo(PAGE + "connector/test/").getFormByName("connector");
        form.getInputByName("_.name").setValue("PRODUCTION");

        HtmlPage refused = press(form, "Submit");

        assertThat(problem(refused)).contains("Two connectors are called 'production'");
        assertThat(stored("test").getName()).isEqualTo("Test");
    }

    @Test
    void connectorsThatWouldBeMistakenForEachOtherAreRefusedFromCodeToo() {
        Connector one = unchecked("prod", "https://a.example.com");
        Connector two = unchecked("PROD", "https://b.example.com");

        assertThat(catchThrowable(() -> store(one, two)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Two connectors are called 'prod'");
        assertThat(ServiceNowConnectors.get().getConnectors()).isEmpty();
    }

    @Test
    void copyBeginsWithTheSameSettingsButNoName() throws Exception {
        store(unchecked("Production", "https://a.example.com"));

        HtmlForm form = browser.goTo(PAGE + "new/?from=production").getFormByName("connector");

        assertThat(form.getInputByName("_.url").getValue()).isEqualTo("https://a.example.com");
        assertThat(form.getInputByName("_.name").getValue()).isEmpty();
        assertThat(form.getInputByName("_.id").getValue()).isEmpty();
    }

    @Test
    void whatIsNoInstanceIsRefusedWhileTyping() {
        ConnectorDescriptor form = Jenkins.get().getDescriptorByType(ConnectorDescriptor.class);

        assertThat(form.doCheckUrl(null, "https://example.service-now.com").kind)
                .isEqualTo(FormValidation.Kind.OK);
        for (String url :
                List.of("", "http://example.com", "https://u:p@example.com", "https://example.com?x=1", "ftp://x")) {
            assertThat(form.doCheckUrl(null, url).kind).as(url).isEqualTo(FormValidation.Kind.ERROR);
        }
        assertThat(form.doCheckAgentLabel(null, "a &&").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckAgentLabel(null, "nobody-has-this").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(form.doCheckId(null, "1x", "").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckId(null, "", "My Instance").getMessage()).endsWith(" my-instance");
        assertThat(form.doCheckId(null, "", " ")).as("nothing to propose").isEqualTo(FormValidation.ok());
        assertThat(form.doCheckName(null, " ").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    /** Chooses the credential once the drop-down is filled. */
    private void choose(HtmlForm form) {
        await().until(() -> {
            browser.waitForBackgroundJavaScript(200);
            return form.getSelectByName("_.credentialsId").getOptions().stream()
                    .anyMatch(option -> option.getValueAttribute().equals(Connecting.CREDENTIALS));
        });
        form.getSelectByName("_.credentialsId").setSelectedAttribute(Connecting.CREDENTIALS, true);
    }

    /** Whether a save went through; false if somebody else was quicker. */
    private static boolean saved(Seen seen, Connector next) throws Exception {
        try {
            ServiceNowConnectors.get().store(seen, next);
            return true;
        } catch (NewerConnectorException e) {
            return false;
        }
    }

    private static HtmlPage press(HtmlForm form, String button) throws Exception {
        return (HtmlPage) form.getButtonByName(button).click();
    }

    private static String problem(HtmlPage page) {
        return page.getElementById("problem").asNormalizedText();
    }

    private static Connector stored(String id) {
        return ServiceNowConnectors.get().byId(id).orElseThrow();
    }

    private static void store(Connector... connectors) {
        ServiceNowConnectors.get().setConnectors(List.of(connectors));
    }

    private static Connector unchecked(String name, String url) {
        Connector connector = new Connector(name, url, new BasicKind(Connecting.CREDENTIALS));
        connector.setId(ConnectorRules.proposedId(name));
        connector.setSkipValidation(true);
        return connector;
    }
}
