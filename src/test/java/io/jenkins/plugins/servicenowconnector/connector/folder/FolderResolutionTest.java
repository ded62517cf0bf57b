package io.jenkins.plugins.servicenowconnector.connector.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.connector.UseRules;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.job.ServiceNowJobProperty;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Folders;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Which connector a job means: from its folder upwards, then Jenkins itself. */
@WithJenkins
class FolderResolutionTest {

    private Folder outer;
    private Folder inner;
    private FreeStyleProject job;

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        outer = Folders.with(jenkins, "outer");
        inner = outer.createProject(Folder.class, "inner");
        job = inner.createProject(FreeStyleProject.class, "job");
    }

    @Test
    void nearestLevelWithAMatchWins() throws Exception {
        global(connector("prod", "Production"), connector("test", "Test"));
        Folders.define(outer, connector("prod", "Outer production"));

        assertThat(found("prod").name()).isEqualTo("Outer production");
        assertThat(found("test").name()).isEqualTo("Test");

        Folders.define(inner, connector("prod", "Inner production"));
        assertThat(found("prod").name()).isEqualTo("Inner production");
        assertThat(Connectors.find("prod", outer).name()).isEqualTo("Outer production");
        assertThat(Connectors.find("prod", (Item) null).name()).isEqualTo("Production");
    }

    @Test
    void atEachLevelTheIdCountsBeforeTheName() throws Exception {
        global(connector("first", "Global"));
        Folders.define(inner, connector("second", "first"), connector("third", "Third"));

        // the name of a nearer one comes before the id of one further up
        assertThat(found("first").connector().getId()).isEqualTo("second");
        assertThat(found("third").name()).isEqualTo("Third");
        assertThat(failure("FIRST")).hasMessageContaining("'FIRST' does not exist");
    }

    @Test
    void globalOneIsNamedWithItsPrefixWhateverAFolderDefines() throws Exception {
        global(connector("prod", "Production"));
        Folders.define(inner, connector("prod", "Inner production"));

        assertThat(found("global:prod").name()).isEqualTo("Production");
        assertThat(failure("global:Production")).hasMessageContaining("does not exist");
    }

    @Test
    void whatAJobWritesDownLeadsToTheSameConnectorAgain() throws Exception {
        global(connector("prod", "Production"));
        String reference = found("prod").reference();

        Folders.define(inner, connector("prod", "Inner production"));

        assertThat(found(reference).name()).isEqualTo("Production");
        assertThat(found(found("prod").reference()).name()).isEqualTo("Inner production");
    }

    @Test
    void protectedOneCannotBeShadowed() throws Exception {
        Connector shielded = connector("prod", "Production");
        UseRules use = new UseRules();
        use.setProtected(true);
        shielded.setUse(use);
        global(shielded);
        Folders.define(inner, connector("prod", "Imitation"), connector("other", "production"));

        assertThat(found("prod").name()).isEqualTo("Production");
        assertThat(found("production").name()).isEqualTo("Production");
    }

    @Test
    void protectedOneThatAJobMayNotUseIsNotReplacedEither() throws Exception {
        Connector shielded = connector("prod", "Production");
        UseRules use = new UseRules();
        use.setProtected(true);
        use.setUsableBy("elsewhere/**");
        shielded.setUse(use);
        global(shielded);
        Folders.define(inner, connector("prod", "Imitation"));

        assertThat(failure("prod")).hasMessageContaining("'prod' does not exist, or may not be used here");
    }

    @Test
    void leftOutItIsThatOfTheJobThenOfTheFolderThenOfJenkinsThenTheOnlyOne() throws Exception {
        global(connector("one", "One"));
        assertThat(found(null).name()).isEqualTo("One");

        global(connector("one", "One"), connector("two", "Two"));
        assertThat(failure(null)).hasMessageContaining("there are several: one, two");

        ServiceNowConnectors.get().setDefaultConnector("two");
        assertThat(found(" ").name()).isEqualTo("Two");

        FolderConnectors property = Folders.define(outer, connector("three", "Three"));
        property.setDefaultConnector("three");
        assertThat(found(null).name()).isEqualTo("Three");

        ServiceNowJobProperty ofJob = new ServiceNowJobProperty();
        ofJob.setConnector("one");
        job.addProperty(ofJob);
        assertThat(found(null).name()).isEqualTo("One");
    }

    @Test
    void onlyUsableOneIsTakenWhereverItIsDefined() throws Exception {
        Folders.define(inner, connector("only", "Only"));

        assertThat(found(null).name()).isEqualTo("Only");
        assertThat(Connectors.usableIn(job)).extracting(FoundConnector::name).containsExactly("Only");
        assertThat(Connectors.usableIn(outer)).isEmpty();
    }

    @Test
    void usableOnesLeaveOutWhatIsShadowed() throws Exception {
        global(connector("prod", "Production"), connector("test", "Test"));
        Folders.define(inner, connector("prod", "Inner production"));

        assertThat(Connectors.usableIn(job))
                .extracting(FoundConnector::name)
                .containsExactly("Inner production", "Test");
    }

    private FoundConnector found(String wanted) throws ServiceNowException {
        return Connectors.find(wanted, job);
    }

    private ServiceNowException failure(String wanted) {
        return catchThrowableOfType(ServiceNowException.class, () -> found(wanted));
    }

    private static void global(Connector... connectors) {
        ServiceNowConnectors.get().setConnectors(List.of(connectors));
    }

    private static Connector connector(String id, String name) {
        Connector connector = new Connector(name, "https://a.service-now.com", new BasicKind(Connecting.CREDENTIALS));
        connector.setId(id);
        connector.setSkipValidation(true);
        return connector;
    }
}
