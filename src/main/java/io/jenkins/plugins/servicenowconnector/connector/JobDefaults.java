package io.jenkins.plugins.servicenowconnector.connector;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import java.util.Objects;
import java.util.function.BiFunction;

/** Knows what a job sets for all of its steps. */
public interface JobDefaults extends ExtensionPoint {

    /** The id or name of the connector that is used where a step names none; null for none. */
    String connector(Item job);

    /** The agent label that stands where a step gives none; null for none. */
    String agentLabel(Item job);

    /** The connector of a job or of what it stands in, whoever knows it; null for none. */
    static String connectorOf(Item job) {
        return nearest(job, JobDefaults::connector);
    }

    /** The agent label of a job or of what it stands in, whoever knows it; null for none. */
    static String agentLabelOf(Item job) {
        return nearest(job, JobDefaults::agentLabel);
    }

    private static String nearest(Item job, BiFunction<JobDefaults, Item, String> question) {
        for (Item each = job; each != null; each = each.getParent() instanceof Item parent ? parent : null) {
            Item place = each;
            String found = ExtensionList.lookup(JobDefaults.class).stream()
                    .map(source -> question.apply(source, place))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
