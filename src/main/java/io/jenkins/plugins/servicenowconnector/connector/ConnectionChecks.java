package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.XmlFile;
import io.jenkins.plugins.servicenowconnector.agent.AgentChoice;
import io.jenkins.plugins.servicenowconnector.agent.AgentTransport;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.CheckedConnection.Extent;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Checks connectors, and keeps what came of it: beside the configuration, which a check never touches. */
@Extension
public class ConnectionChecks {

    private static final Logger LOGGER = Logger.getLogger(ConnectionChecks.class.getName());

    private static final Duration MOST = Duration.ofSeconds(15);
    private static final Duration AGENT_PATIENCE = Duration.ofMinutes(5);
    private static final Duration AGENT_RETRY = Duration.ofSeconds(10);

    private Map<String, CheckResult> results;

    /** The one keeper of this Jenkins. */
    public static ConnectionChecks get() {
        return ExtensionList.lookupSingleton(ConnectionChecks.class);
    }

    /** What is known of a connector as it is now; null if it has not been checked so. */
    synchronized CheckResult result(Connector connector) {
        CheckResult last = results().get(connector.getId());
        return last == null || !last.isAbout(connector) ? null : last;
    }

    /** Keeps what came of a check of a stored connector. */
    synchronized void keep(Connector connector, CheckResult result) {
        results().put(connector.getId(), result);
        results().keySet().removeIf(id -> ServiceNowConnectors.get().byId(id).isEmpty());
        try {
            file().write(new HashMap<>(results()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the results of the connectors' checks could not be stored");
        }
    }

    /** Checks a stored connector now, for at most 15 s, and keeps the result. A secret that was refused is tried again. */
    CheckResult checkNow(Connector stored) throws InterruptedException {
        RefusedSecrets.get().forget(stored.getId());
        CheckResult result = limited(stored, () -> make(stored, stored.getId(), Extent.ALL));
        keep(stored, result);
        return result;
    }

    /** Tries a connector that is not stored yet, for at most 15 s. */
    CheckResult tryOut(Connector entered, Extent extent) throws InterruptedException {
        String form = entered.getId() + " (form)";
        RefusedSecrets.get().forget(form);
        CheckResult result = limited(entered, () -> make(entered, form, extent));
        if (result.isPassed()) {
            RefusedSecrets.get().forget(entered.getId());
        }
        return result;
    }

    /** Checks a stored connector in the background, unless that is not wanted or was done; waits for an agent a while. */
    void checkLater(Connector stored) {
        CheckResult last = result(stored);
        if (!stored.isSkipValidation() && (last == null || !last.isPassed())) {
            long giveUp = System.currentTimeMillis() + AGENT_PATIENCE.toMillis();
            CallThreads.get().run(() -> check(stored, giveUp));
        }
    }

    private void check(Connector stored, long giveUp) {
        Connector now = ServiceNowConnectors.get().byId(stored.getId()).orElse(null);
        if (now == null || !now.callFingerprint().equals(stored.callFingerprint())) {
            return;
        }
        try {
            CheckResult result = make(stored, stored.getId(), Extent.ACCOUNT);
            keep(stored, result);
            if (result.getOutcome() == CheckResult.Outcome.NO_AGENT && System.currentTimeMillis() < giveUp) {
                CallThreads.get().runLater(() -> check(stored, giveUp), AGENT_RETRY.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            // Jenkins is going down
            Thread.currentThread().interrupt();
        }
    }

    private static CheckResult make(Connector connector, String account, Extent extent) throws InterruptedException {
        AgentChoice choice = new AgentChoice(connector.getId(), Util.fixNull(connector.getAgentLabel()));
        Transport transport = RefusedSecrets.get().guard(account, new AgentTransport(choice));
        return CheckedConnection.check(connector, transport, extent);
    }

    private static CheckResult limited(Connector connector, Callable<CheckResult> check) throws InterruptedException {
        long begun = System.currentTimeMillis();
        FutureTask<CheckResult> task = new FutureTask<>(check);
        CallThreads.get().run(task);
        try {
            return task.get(MOST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return CheckResult.failed(
                    connector,
                    begun,
                    ServiceNowException.noAnswer(
                            Kind.TIMEOUT,
                            "The check was given up after " + MOST.toSeconds()
                                    + " s: the instance or the agent is too slow, or unreachable.",
                            false,
                            e));
        } catch (ExecutionException e) {
            throw new IllegalStateException("checking a connector failed", e.getCause());
        }
    }

    private Map<String, CheckResult> results() {
        if (results == null) {
            results = read();
        }
        return results;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, CheckResult> read() {
        try {
            return file().exists() ? (Map<String, CheckResult>) file().read() : new HashMap<>();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the results of the connectors' checks could not be read");
            return new HashMap<>();
        }
    }

    private static XmlFile file() {
        return new XmlFile(
                Jenkins.XSTREAM2, new File(Jenkins.get().getRootDir(), ConnectionChecks.class.getName() + ".xml"));
    }
}
