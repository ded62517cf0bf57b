package io.jenkins.plugins.servicenowconnector.connector;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/** Knows what a job, or a folder for the jobs below it, sets for all steps. */
public interface JobDefaults extends ExtensionPoint {

    /** The id or name of the connector that is used where a step names none; null for none. */
    default String connector(Item place) {
        return null;
    }

    /** The agent label that stands where a step gives none; null for none. */
    default String agentLabel(Item place) {
        return null;
    }

    /** The fields that new tickets get where a step says nothing, for each type of ticket; empty for none. */
    default List<DefaultFields> fields(Item place) {
        return List.of();
    }

    /** The connector of a job or of what it stands in, whoever knows it; null for none. */
    static String connectorOf(Item job) {
        return nearest(job, JobDefaults::connector);
    }

    /** The agent label of a job or of what it stands in, whoever knows it; null for none. */
    static String agentLabelOf(Item job) {
        return nearest(job, JobDefaults::agentLabel);
    }

    /**
     * The fields that new tickets of a job get: its own, and those of what it stands in, the nearest first where several set
     * the same.
     *
     * @param job the job; null for none
     * @param table the tickets' table in lower case
     * @return values by name, empty if there are none
     * @throws ServiceNowException bad input, if a definition names no table
     */
    static Map<String, String> fieldsOf(Item job, String table) throws ServiceNowException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Item each = job; each != null; each = each.getParent() instanceof Item parent ? parent : null) {
            for (JobDefaults source : ExtensionList.lookup(JobDefaults.class)) {
                DefaultFields.of(source.fields(each), table).forEach(fields::putIfAbsent);
            }
        }
        return fields;
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
