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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** Checks connectors, and keeps what came of it: beside the configuration, which a check never touches. */
@Extension
public class ConnectionChecks {

    private static final Logger LOGGER = Logger.getLogger(ConnectionChecks.class.getName());

    private static final Duration MOST = Duration.ofSeconds(15);
    private static final Duration AGENT_PATIENCE = Duration.ofMinutes(5);
    private static final Duration AGENT_RETRY = Duration.ofSeconds(10);

    /** The users who have a test running. */
    private final Set<String> testing = ConcurrentHashMap.newKeySet();

    private Map<String, CheckResult> results;

    /** The one keeper of this Jenkins. */
    public static ConnectionChecks get() {
        return ExtensionList.lookupSingleton(ConnectionChecks.class);
    }

    /** What is known of a connector as it is now; null if it has not been checked so. */
    synchronized CheckResult result(FoundConnector found) {
        CheckResult last = results().get(found.key());
        return last == null || !last.isAbout(found.connector()) ? null : last;
    }

    /** Keeps what came of a check of a stored connector. */
    synchronized void keep(FoundConnector found, CheckResult result) {
        results().put(found.key(), result);
        results().keySet().retainAll(keys());
        try {
            file().write(new HashMap<>(results()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the results of the connectors' checks could not be stored");
        }
    }

    private static Set<String> keys() {
        return Home.all().stream()
                .flatMap(home -> home.found().stream())
                .map(FoundConnector::key)
                .collect(Collectors.toSet());
    }

    /** Checks a stored connector now, for at most 15 s, and keeps the result. A secret that was refused is tried again. */
    CheckResult checkNow(FoundConnector stored) throws InterruptedException {
        RefusedSecrets.get().forget(stored.key());
        CheckResult result = limited(stored, () -> make(stored, stored.key(), Extent.ALL));
        keep(stored, result);
        return result;
    }

    /**
     * Checks a stored connector for a user who is waiting for it, as {@link #checkNow} does.
     *
     * @throws ServiceNowException if the same user has another test running
     */
    public CheckResult test(FoundConnector stored) throws ServiceNowException, InterruptedException {
        String user = Jenkins.getAuthentication2().getName();
        if (!testing.add(user)) {
            throw ServiceNowException.badInput("Test", "waits until your other one is done; try again in a moment.");
        }
        try {
            return checkNow(stored);
        } finally {
            testing.remove(user);
        }
    }

    /** Tries a connector that is not stored yet, for at most 15 s. */
    CheckResult tryOut(FoundConnector entered, Extent extent) throws InterruptedException {
        String form = entered.key() + " (form)";
        RefusedSecrets.get().forget(form);
        CheckResult result = limited(entered, () -> make(entered, form, extent));
        if (result.isPassed()) {
            RefusedSecrets.get().forget(entered.key());
        }
        return result;
    }

    /** Checks a stored connector in the background, unless that is not wanted or was done; waits for an agent a while. */
    public void checkLater(FoundConnector stored) {
        CheckResult last = result(stored);
        if (!stored.connector().isSkipValidation() && (last == null || !last.isPassed())) {
            long giveUp = System.currentTimeMillis() + AGENT_PATIENCE.toMillis();
            CallThreads.get().run(ConnectorLane.CHECKS.of(stored), () -> check(stored, giveUp));
        }
    }

    private void check(FoundConnector stored, long giveUp) {
        if (!isStillSo(stored)) {
            return;
        }
        try {
            CheckResult result = make(stored, stored.key(), Extent.ACCOUNT);
            keep(stored, result);
            if (result.getOutcome() == CheckResult.Outcome.NO_AGENT && System.currentTimeMillis() < giveUp) {
                CallThreads.get()
                        .runLater(
                                ConnectorLane.CHECKS.of(stored),
                                () -> check(stored, giveUp),
                                AGENT_RETRY.toSeconds(),
                                TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            // Jenkins is going down
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isStillSo(FoundConnector stored) {
        String id = stored.connector().getId();
        return stored.home().connectors().stream()
                .anyMatch(now -> now.getId().equals(id)
                        && now.callFingerprint().equals(stored.connector().callFingerprint()));
    }

    private static CheckResult make(FoundConnector found, String account, Extent extent) throws InterruptedException {
        AgentChoice choice =
                Connectors.agents(found, Util.fixNull(found.connector().getAgentLabel()));
        Transport transport = RefusedSecrets.get().guard(account, new AgentTransport(choice));
        return CheckedConnection.check(found, transport, extent);
    }

    private static CheckResult limited(FoundConnector found, Callable<CheckResult> check) throws InterruptedException {
        long begun = System.currentTimeMillis();
        FutureTask<CheckResult> task = new FutureTask<>(check);
        CallThreads.get().run(ConnectorLane.CHECKS.of(found), task);
        try {
            return task.get(MOST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return CheckResult.failed(
                    found.connector(),
                    begun,
                    ServiceNowException.noAnswer(
                            Kind.TIMEOUT,
                            "The check was given up after " + MOST.toSeconds()
                                    + " s: the instance or the agent is too slow, or unreachable.",
                            false,
                            e),
                    List.of());
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
