package io.jenkins.plugins.servicenowconnector.connector.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Folders;
import java.net.HttpURLConnection;
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

/** Who may do what with the connectors of a folder; the simulator records what would have leaked. */
@WithJenkins
class FolderPermissionsTest {

    private static final Simulator RECORDER = Simulator.start();

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        RECORDER.reset();
        Connecting.to(RECORDER, null);
        Folders.allow("localhost", true);
        Folder folder = Folders.with(
                jenkins, "team", Folders.connector("own", RECORDER.url().toString(), null));
        Folders.credentials(folder, Simulator.PASSWORD);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "owner")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("owner"));
    }

    @AfterAll
    static void stop() {
        RECORDER.close();
    }

    @Test
    void whoMayNotConfigureTheFolderSeesAndTestsNothing() throws Exception {
        for (String path : List.of("", "test?id=own")) {
            HttpMethod method = path.isEmpty() ? HttpMethod.GET : HttpMethod.POST;
            assertThat(send("reader", "job/team/servicenow-connectors/" + path, method)
                            .getStatusCode())
                    .as(path)
                    .isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        }
        assertThat(fill("reader")).doesNotContain(Folders.CREDENTIALS);
        assertThat(RECORDER.requestCount()).isZero();
    }

    @Test
    void ownerOfTheFolderTestsItsConnectorsButNotThoseOfJenkins() throws Exception {
        assertThat(fill("owner")).contains(Folders.CREDENTIALS).doesNotContain(Connecting.CREDENTIALS);
        assertThat(send("owner", "job/team/servicenow-connectors/test?id=test", HttpMethod.POST)
                        .getStatusCode())
                .isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
        assertThat(RECORDER.requestCount()).isZero();

        assertThat(send("owner", "job/team/servicenow-connectors/test?id=own", HttpMethod.POST)
                        .getStatusCode())
                .isEqualTo(HttpURLConnection.HTTP_OK);

        assertThat(RECORDER.requestCount()).isPositive();
        assertThat(send("owner", "job/team/servicenow-connectors/", HttpMethod.GET)
                        .getContentAsString())
                .contains("Works", "Signed in as " + Simulator.USER, "Test instance")
                .doesNotContain(Simulator.PASSWORD, Connecting.CREDENTIALS);
    }

    private String fill(String user) throws Exception {
        return send(
                        user,
                        "job/team/descriptorByName/" + BasicKind.class.getName() + "/fillCredentialsIdItems",
                        HttpMethod.POST)
                .getContentAsString();
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().login(user);
        client.setThrowExceptionOnFailingStatusCode(false);
        return client;
    }

    private WebResponse send(String user, String path, HttpMethod method) throws Exception {
        JenkinsRule.WebClient client = client(user).withJavaScriptEnabled(false);
        WebRequest request =
                new WebRequest(jenkins.getURL().toURI().resolve(path).toURL(), method);
        if (method == HttpMethod.POST) {
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse();
    }
}
