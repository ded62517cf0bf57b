package io.jenkins.plugins.servicenowconnector.testing;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import java.util.List;
import java.util.Map;

/** Sets up connectors to the simulator. */
public final class Connecting {

    /** The id of the credential that {@link #to} makes. */
    public static final String CREDENTIALS = "servicenow-account";

    private Connecting() {}

    /** One connector with the id {@code test}, the simulator's account, and a label; null for the controller. */
    public static Connector to(Simulator simulator, String label) throws Exception {
        return to(simulator, label, Simulator.PASSWORD);
    }

    /** The same with another password. */
    public static Connector to(Simulator simulator, String label, String password) throws Exception {
        return to(simulator.url().toString(), label, password);
    }

    /** The same to a simulator that may live in another process. */
    public static Connector to(String url, String label, String password) throws Exception {
        credentials(password);
        Connector connector = new Connector("Test instance", url, new BasicKind(CREDENTIALS));
        connector.setId("test");
        connector.setAgentLabel(label);
        connector.setSkipValidation(true);
        ServiceNowConnectors.get().setConnectors(List.of(connector));
        return connector;
    }

    /** Two connectors, {@code test} from the controller and {@code later} from agents with a label; null for the controller. */
    public static void twice(Simulator simulator, String label) throws Exception {
        Connector first = to(simulator, null);
        Connector second = new Connector("Later", simulator.url().toString(), new BasicKind(CREDENTIALS));
        second.setId("later");
        second.setAgentLabel(label);
        second.setSkipValidation(true);
        ServiceNowConnectors.get().setConnectors(List.of(first, second));
    }

    /** A user name with password in Jenkins' own store, visible to no job. */
    public static void credentials(String password) throws Exception {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        // at once: whoever looks meanwhile finds the one or the other
        store.setDomainCredentialsMap(Map.of(
                Domain.global(),
                List.of(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.SYSTEM, CREDENTIALS, "account", Simulator.USER, password))));
        store.save();
    }
}
