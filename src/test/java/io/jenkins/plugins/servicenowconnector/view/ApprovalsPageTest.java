package io.jenkins.plugins.servicenowconnector.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.model.TopLevelItem;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.awaitility.Awaitility;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomChangeEvent;
import org.htmlunit.html.DomChangeListener;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page with all approvals: who sees what, who may have it looked at, and how it is found. */
@WithJenkins
class ApprovalsPageTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final String HOSTILE = "</script><img src=x onerror=alert(1)> \"' & ${7*7}";

    private JenkinsRule jenkins;
    private final Map<String, JenkinsRule.WebClient> clients = new HashMap<>();
    private StubWaiter open;
    private StubWaiter secret;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SERVICENOW.reset();
        Connecting.to(SERVICENOW, null);
        Item openJob = jenkins.createProject(Folder.class, "team a").createProject(WorkflowJob.class, "größe");
        Item secretJob = jenkins.createProject(Folder.class, "other").createProject(WorkflowJob.class, "secret");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "builder", "stranger")
                .grant(Item.READ)
                .onItems((TopLevelItem) openJob, jenkins.jenkins.getItem("team a"))
                .to("reader", "builder")
                .grant(Item.BUILD)
                .onItems((TopLevelItem) openJob, (TopLevelItem) secretJob)
                .to("builder"));
        open = StubWaiter.in(openJob, "CHG0030001");
        secret = StubWaiter.in(secretJob, "CHG0030002");
    }

    @AfterEach
    void end() {
        Waits.get().all().forEach(Waits.get()::remove);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void everyoneSeesAndFindsTheWaitsOfTheirJobsAndNoTraceOfOthers() throws Exception {
        wait(open, "Payments 4.2");
        wait(secret, "Merger");

        String reader = get("reader", "").getContentAsString();
        assertThat(reader)
                .contains("1 approval is waited for.", "CHG0030001", "Payments 4.2", "team a » größe #1")
                .contains("href=\"/jenkins/job/team%20a/job/gr%C3%B6%C3%9Fe/1/\"")
                .contains("approval is requested (Requested), not approved")
                .doesNotContain("CHG0030002", "Merger", "secret", "servicenow-check-");
        assertThat(get("builder", "").getContentAsString())
                .contains(
                        "1 approval is waited for.",
                        "servicenow-check-" + open.approval().id())
                .doesNotContain("CHG0030002");
        assertThat(get("stranger", "").getContentAsString())
                .contains("No approval is waited for.")
                .doesNotContain("CHG00");
        assertThat(get(null, "").getContentAsString()).contains("j_username").doesNotContain("CHG00", "are waited for");
        assertThat(get("admin", "").getContentAsString()).contains("2 approvals are waited for.", "Merger");

        assertThat(waits("reader", "").size()).isEqualTo(1);
        assertThat(waits("stranger", "").size()).isZero();
        JSONObject first = waits("admin", "").getJSONObject(0);
        assertThat(first.getString("ticket")).isEqualTo("CHG0030001");
        assertThat(first.getString("waiterUrl")).isEqualTo("job/team%20a/job/gr%C3%B6%C3%9Fe/1/");
        assertThat(first.getString("url")).startsWith(SERVICENOW.url() + "/nav_to.do?uri=change_request.do%3Fsys_id");
        assertThat(first.getLong("deadline")).isGreaterThan(first.getLong("began"));
        assertThat(link("reader")).isEqualTo("symbol-hourglass");
        assertThat(link("stranger")).isNull();

        assertThat(waits("admin", "ticket=0002").size()).isEqualTo(1);
        assertThat(waits("admin", "ticket=chg003").size()).isEqualTo(2);
        assertThat(waits("admin", "connector=TEST").size()).isEqualTo(2);
        assertThat(waits("admin", "connector=prod").size()).isZero();
        String filtered = get("admin", "?ticket=0002&connector=test").getContentAsString();
        assertThat(filtered)
                .contains("Show all", "Merger", "/servicenow-approvals/waits?connector=test&amp;ticket=0002")
                .doesNotContain("Payments");
    }

    @Test
    void onlyWhoMayBuildTheJobHasItLookedAtOnceInTenSecondsEvenIfTheSecretWasRefused() throws Exception {
        wait(open, "Payments 4.2");
        wait(secret, "Merger");
        long before = SERVICENOW.requestCount();

        assertThat(check("reader", open).getStatusCode()).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        assertThat(check("builder", secret).getStatusCode())
                .as("what may not be seen is as good as not there")
                .isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
        assertThat(send("builder", "check?wait=nonsense", HttpMethod.POST).getStatusCode())
                .isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
        assertThat(send("builder", "check", HttpMethod.POST).getStatusCode())
                .isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
        assertThat(send("builder", "check?wait=" + open.approval().id(), HttpMethod.GET)
                        .getStatusCode())
                .isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
        assertThat(SERVICENOW.requestCount()).isEqualTo(before);

        WebResponse pressed = check("builder", open);

        assertThat(pressed.getStatusCode()).isEqualTo(HttpURLConnection.HTTP_OK);
        assertThat(pressed.getContentType()).isEqualTo("text/plain");
        assertThat(pressed.getContentAsString()).isEqualTo("CHG0030001 is looked at now.");
        Awaitility.await().until(() -> SERVICENOW.requestCount() > before);
        WebResponse again = check("builder", open);
        assertThat(again.getStatusCode()).isEqualTo(429);
        assertThat(again.getContentAsString())
                .matches("CHG0030001 was looked at a moment ago; you can ask again in (10|[1-9]) s\\.");

        Connecting.to(SERVICENOW, null, "wrong");
        Waits.get().hurry(secret.approval());
        Awaitility.await().until(() -> Connectors.find("test", secret.job()).isStopped());
        Awaitility.await().until(() -> Waits.get().nextLook(secret.approval()).isPresent());
        long refused = SERVICENOW.requestCount();

        check("admin", secret);

        Awaitility.await().until(() -> SERVICENOW.requestCount() == refused + 1);
    }

    @Test
    void textsOfTicketsAreTextsAndNotShownWhereTheyAreNotForPages() throws Exception {
        wait(open, HOSTILE);

        HtmlPage page = client("admin").withJavaScriptEnabled(true).goTo("servicenow-approvals/");

        assertThat(page.asNormalizedText()).contains(HOSTILE);
        assertThat(page.querySelectorAll("#servicenow-wait-" + open.approval().id() + " img"))
                .isEmpty();
        assertThat(get("admin", "waits").getContentAsString())
                .contains("${7*7}")
                .doesNotContain("<img");
        assertThat(waits("admin", "").getJSONObject(0).getString("shortDescription"))
                .isEqualTo(HOSTILE);
        assertThat(get("admin", "waits?ticket=%22%3E%3Cimg%3E").getContentAsString())
                .contains("No approval is waited for.")
                .doesNotContain("<img");

        StubWaiter quiet = new StubWaiter("CHG0030003", open.job(), "gate", "job/feature%252Fx/", false);
        wait(quiet, "Salaries");

        String shown = get("builder", "waits?ticket=0003").getContentAsString();
        assertThat(shown).contains("CHG0030003", "href=\"/jenkins/job/feature%252Fx/\"", "servicenow-check-");
        assertThat(shown + get("builder", "api/json?depth=3&ticket=0003").getContentAsString())
                .contains("\"numberOnly\":true")
                .doesNotContain("Salaries", "Assess", "approval = approved", "requested");

        StubWaiter unseen = StubWaiter.in(open.job(), "CHG0099999");
        Waits.get().add(unseen);
        Awaitility.await().until(() -> unseen.approval().status().contains("CHG0099999"));
        assertThat(get("builder", "waits?ticket=0099999").getContentAsString())
                .contains("CHG0099999", "1 approval is waited for.")
                .doesNotContain("servicenow-link-");
    }

    @Test
    void openPageShowsWhatHasChangedAndWhatCheckNowHasDone() throws Exception {
        wait(open, "Payments 4.2");
        HtmlPage page = client("builder").withJavaScriptEnabled(true).goTo("servicenow-approvals/");
        DomElement row =
                page.getElementById("servicenow-wait-" + open.approval().id());
        assertThat(row.asNormalizedText()).contains("Assess", "Check now");
        List<String> told = told(page);

        decide("-3");
        page.getElementById("servicenow-check-" + open.approval().id()).click();
        awaitTold(page, told, "CHG0030001 is looked at now.");
        page.getElementById("servicenow-check-" + open.approval().id()).click();
        awaitTold(page, told, "CHG0030001 was looked at a moment ago; you can ask again in ");
        awaitText(page, "tbody", "Authorize");

        // outside of unit tests a page asks by itself
        decide("-2");
        Waits.get().hurry(open.approval());
        page.executeJavaScript("document.head.dataset.unitTest = 'false';"
                + "document.querySelector('[data-servicenow-fragment]').dataset.again = '1';"
                + "Behaviour.applySubtree(document.body, true);");
        awaitText(page, "tbody", "Scheduled");
        Waits.get().remove(open);
        page.executeJavaScript("document.querySelector('[data-servicenow-fragment]').dataset.again = '1';"
                + "document.dispatchEvent(new Event('visibilitychange'));");
        awaitText(page, ".servicenow-live__content", "No approval is waited for.");
    }

    private static void awaitText(HtmlPage page, String where, String text) {
        Awaitility.await().until(() -> {
            page.getWebClient().waitForBackgroundJavaScript(200);
            return page.querySelector(where) != null
                    && page.querySelector(where).getTextContent().contains(text);
        });
    }

    /** What is told from now on: each text is soon replaced by the next. */
    private static List<String> told(HtmlPage page) {
        List<String> told = new CopyOnWriteArrayList<>();
        ((DomNode) page.querySelector("[role=status]")).addDomChangeListener(new DomChangeListener() {
            @Override
            public void nodeAdded(DomChangeEvent event) {
                told.add(event.getChangedNode().getTextContent());
            }

            @Override
            public void nodeDeleted(DomChangeEvent event) {
                // it was told
            }
        });
        return told;
    }

    private static void awaitTold(HtmlPage page, List<String> told, String text) {
        Awaitility.await().until(() -> {
            page.getWebClient().waitForBackgroundJavaScript(200);
            return told.stream().anyMatch(each -> each.contains(text));
        });
    }

    private static void decide(String state) {
        SERVICENOW.tables().byNumber("CHG0030001").orElseThrow().set("state", state);
    }

    /** Has the ticket stand in ServiceNow and looked at once. */
    private void wait(StubWaiter waiter, String title) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("number", waiter.approval().ticketName());
        values.put("short_description", title);
        values.put("state", "-4");
        values.put("approval", "requested");
        SERVICENOW.tables().seed("change_request", values);
        Waits.get().add(waiter);
        Awaitility.await().until(() -> waiter.approval().sight() != null);
        Awaitility.await().until(() -> Waits.get().nextLook(waiter.approval()).isPresent());
    }

    private JSONArray waits(String user, String filter) throws Exception {
        return JSONObject.fromObject(get(user, "api/json?" + filter).getContentAsString())
                .getJSONArray("waits");
    }

    private String link(String user) {
        try (ACLContext context = ACL.as(User.getById(user, true))) {
            return jenkins.jenkins.getExtensionList(ApprovalsPage.class).get(0).getIconFileName();
        }
    }

    private WebResponse check(String user, StubWaiter waiter) throws Exception {
        return send(user, "check?wait=" + waiter.approval().id(), HttpMethod.POST);
    }

    private WebResponse get(String user, String path) throws Exception {
        return send(user, path, HttpMethod.GET);
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient known = clients.get(user);
        if (known == null) {
            known = jenkins.createWebClient();
            known.setThrowExceptionOnFailingStatusCode(false);
            clients.put(user, user == null ? known : known.login(user));
        }
        return known;
    }

    private WebResponse send(String user, String path, HttpMethod method) throws Exception {
        JenkinsRule.WebClient client = client(user).withJavaScriptEnabled(false);
        WebRequest request = new WebRequest(
                jenkins.getURL().toURI().resolve("servicenow-approvals/" + path).toURL(), method);
        if (method == HttpMethod.POST) {
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse();
    }
}
