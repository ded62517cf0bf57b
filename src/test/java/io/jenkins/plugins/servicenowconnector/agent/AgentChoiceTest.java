package io.jenkins.plugins.servicenowconnector.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hudson.model.Slave;
import hudson.model.labels.LabelAtom;
import hudson.slaves.Cloud;
import hudson.slaves.NodeProvisioner;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class AgentChoiceTest {

    private JenkinsRule jenkins;

    /** A connector of its own for each test, so that no test remembers another's nodes. */
    private final String connector = UUID.randomUUID().toString();

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void withoutALabelTheControllerCalls() throws Exception {
        assertThat(next("").name()).isEqualTo("built-in node");
    }

    @Test
    void nodesTakeTurnsUntilOneHasWorked() throws Exception {
        jenkins.createOnlineSlave(new LabelAtom("dmz"));
        jenkins.createOnlineSlave(new LabelAtom("dmz"));
        AgentChoice choice = new AgentChoice(connector, "dmz");

        Set<String> seen =
                new HashSet<>(List.of(place(choice).name(), place(choice).name()));
        assertThat(seen).hasSize(2);

        AgentChoice.Place good = place(choice);
        choice.worked(good);
        for (int call = 0; call < 4; call++) {
            assertThat(place(choice).name()).isEqualTo(good.name());
        }
    }

    @Test
    void aNodeThatFailedThisCallIsNotTakenAgain() throws Exception {
        jenkins.createOnlineSlave(new LabelAtom("dmz"));
        jenkins.createOnlineSlave(new LabelAtom("dmz"));
        AgentChoice choice = new AgentChoice(connector, "dmz");
        AgentChoice.Place first = place(choice);
        choice.worked(first);

        AgentChoice.Place second = choice.next(Set.of(first.name()));

        assertThat(second.name()).isNotEqualTo(first.name());
        assertThat(failure(choice, Set.of(first.name(), second.name())).kind()).isEqualTo(Kind.NO_AGENT);
    }

    @Test
    void labelExpressionsAreUnderstood() throws Exception {
        jenkins.createOnlineSlave(new LabelAtom("linux"));
        String wanted = jenkins.createSlave("both", "linux dmz", null).getNodeName();
        jenkins.waitOnline((Slave) jenkins.jenkins.getNode(wanted));

        assertThat(next("linux && dmz").name()).isEqualTo("both");
    }

    @Test
    void nodesThatAreTakenOfflineAreLeftAlone() throws Exception {
        var agent = jenkins.createOnlineSlave(new LabelAtom("dmz"));
        agent.toComputer().setTemporaryOfflineCause(new OfflineCause.ByCLI("maintenance"));

        ServiceNowException failure = failure(new AgentChoice(connector, "dmz"), Set.of());

        assertThat(failure).hasMessage("All nodes with the label 'dmz' are offline, or have failed this call.");
    }

    @Test
    void theBuiltInNodeTakesPartWhenTheLabelMatchesIt() throws Exception {
        assertThat(next("built-in").name()).isEqualTo("built-in node");
    }

    @Test
    void aLabelThatOnlyACloudServesGetsNoAgentFromUs() throws Exception {
        jenkins.jenkins.clouds.add(new CloudWithEverything());

        ServiceNowException failure = failure(new AgentChoice(connector, "elastic"), Set.of());

        assertThat(failure.kind()).isEqualTo(Kind.NO_AGENT);
        assertThat(failure)
                .hasMessageContaining("No node has the label 'elastic'")
                .hasMessageContaining("use a permanent agent");
        assertThat(jenkins.jenkins.getQueue().getItems()).isEmpty();
    }

    @Test
    void nodeOfTheStepComesFirstIfItHasTheLabel() throws Exception {
        Slave near = jenkins.createOnlineSlave(new LabelAtom("dmz"));
        jenkins.createOnlineSlave(new LabelAtom("dmz"));
        Slave elsewhere = jenkins.createOnlineSlave(new LabelAtom("lan"));
        AgentChoice choice = new AgentChoice(connector, "dmz");
        for (int call = 0; call < 3; call++) {
            assertThat(place(choice.near(near)).name()).isEqualTo(near.getNodeName());
        }
        assertThat(place(choice.near(elsewhere)).name()).isNotEqualTo(elsewhere.getNodeName());
        assertThat(choice.near(near).next(Set.of(near.getNodeName())).name()).isNotEqualTo(near.getNodeName());
    }

    @Test
    void controllerIsLeftOutWhereItMayNotCall() throws Exception {
        assertThat(failure(new AgentChoice(connector, "").withoutController(), Set.of()))
                .hasMessageContaining("may not be made by the Jenkins controller");
        assertThat(failure(new AgentChoice(connector, "built-in").withoutController(), Set.of())
                        .kind())
                .isEqualTo(Kind.NO_AGENT);
    }

    @Test
    void whatIsNoLabelExpressionIsRefused() {
        assertThat(failure(new AgentChoice(connector, "a &&"), Set.of()).kind()).isEqualTo(Kind.BAD_INPUT);
    }

    private AgentChoice.Place next(String label) throws ServiceNowException {
        return place(new AgentChoice(connector, label));
    }

    private static AgentChoice.Place place(AgentChoice choice) throws ServiceNowException {
        return choice.next(Set.of());
    }

    private static ServiceNowException failure(AgentChoice choice, Set<String> lost) {
        return catchThrowableOfType(ServiceNowException.class, () -> choice.next(lost));
    }

    /** A cloud that could start a node for any label. */
    private static final class CloudWithEverything extends Cloud {

        CloudWithEverything() {
            super("everything");
        }

        @Override
        public boolean canProvision(CloudState state) {
            return true;
        }

        @Override
        public Collection<NodeProvisioner.PlannedNode> provision(CloudState state, int excess) {
            throw new AssertionError("nothing may be started for " + state.getLabel());
        }
    }
}
