package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Util;
import hudson.model.Item;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which connector a job means: the nearest one of that id or name, from the job's folder upwards.
 *
 * <p>A connector that a job may not use does not exist for it.
 */
final class Resolution {

    private static final String WHERE =
            " Connectors are defined under Manage Jenkins › ServiceNow connectors, or in a folder's configuration.";

    private final Item place;
    private final Item user;

    /** @param item the job that asks; null for Jenkins itself */
    Resolution(Item item) {
        this(item, item);
    }

    /**
     * @param place from where upwards to look: the job, or a folder that asks on its behalf; null for Jenkins itself
     * @param user the job that is to use what is found; null for Jenkins itself
     */
    Resolution(Item place, Item user) {
        this.place = place;
        this.user = user;
    }

    /**
     * Finds a connector.
     *
     * @param wanted its id or name, or {@code global:} and the id of one of Jenkins itself; blank for the default
     */
    FoundConnector find(String wanted) throws ServiceNowException {
        String word = Util.fixEmptyAndTrim(wanted);
        if (word == null) {
            return byDefault();
        }
        return named(word)
                .filter(this::isAdmitted)
                .orElseThrow(() -> ServiceNowException.badInput(
                        "connector",
                        "'" + word.replaceFirst("^" + FoundConnector.GLOBAL, "")
                                + "' does not exist, or may not be used here." + WHERE));
    }

    private Optional<FoundConnector> named(String word) {
        if (word.startsWith(FoundConnector.GLOBAL)) {
            String id = word.substring(FoundConnector.GLOBAL.length());
            return first(Home.jenkins(), connector -> connector.getId().equals(id));
        }
        Optional<FoundConnector> shielded =
                first(Home.jenkins(), connector -> connector.getUse().isProtected() && isCalled(connector, word));
        if (shielded.isPresent()) {
            // no folder's connector stands in for it, not even where it may not be used
            return shielded;
        }
        return Home.seenFrom(place).stream()
                .map(home -> at(home, word))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<FoundConnector> at(Home home, String word) {
        return first(home, connector -> isSeen(connector) && connector.getId().equals(word))
                .or(() -> first(
                        home,
                        connector -> isSeen(connector) && connector.getName().equals(word)));
    }

    private FoundConnector byDefault() throws ServiceNowException {
        String ofJob = place == null ? null : JobDefaults.connectorOf(place);
        if (ofJob != null) {
            return find(ofJob);
        }
        for (Home home : Home.seenFrom(place)) {
            if (home.defaultConnector() != null) {
                return find(home.defaultConnector());
            }
        }
        return only(all());
    }

    /** All connectors that the job may use, the nearest first; one that a nearer one stands in front of is left out. */
    List<FoundConnector> all() {
        return Home.seenFrom(place).stream()
                .flatMap(home -> home.found().stream())
                .filter(this::isAdmitted)
                .filter(found ->
                        named(found.connector().getId()).filter(found::equals).isPresent())
                .toList();
    }

    private static FoundConnector only(List<FoundConnector> all) throws ServiceNowException {
        if (all.size() == 1) {
            return all.get(0);
        }
        if (all.isEmpty()) {
            throw ServiceNowException.badInput(
                    "connector", "is missing, and there is none that may be used here." + WHERE);
        }
        throw ServiceNowException.badInput(
                "connector",
                "must be given, there are several: "
                        + all.stream().map(found -> found.connector().getId()).collect(Collectors.joining(", ")) + ".");
    }

    private static Optional<FoundConnector> first(Home home, Predicate<Connector> wanted) {
        return home.found().stream()
                .filter(found -> wanted.test(found.connector()))
                .findFirst();
    }

    private boolean isAdmitted(FoundConnector found) {
        return admits(found.connector());
    }

    /** What a folder means must not become another connector by what the job below it is called. */
    private boolean isSeen(Connector connector) {
        return place != user || admits(connector);
    }

    private boolean admits(Connector connector) {
        return connector.getUse().admits(user);
    }

    private static boolean isCalled(Connector connector, String word) {
        return connector.getId().equalsIgnoreCase(word) || connector.getName().equalsIgnoreCase(word);
    }
}
