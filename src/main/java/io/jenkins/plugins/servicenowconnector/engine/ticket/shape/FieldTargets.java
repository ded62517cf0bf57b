package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TableLineage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the fields that are given by name stand for: known by their names on the usual tables, else from the dictionary. */
final class FieldTargets {

    private final Dictionary dictionary;

    FieldTargets(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    Map<String, FieldTarget> of(String table, Collection<String> fields)
            throws ServiceNowException, InterruptedException {
        boolean isUsual = TableLineage.isKnown(table);
        Map<String, FieldTarget> targets = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String field : fields) {
            FieldTarget known = KnownFields.of(field).orElse(null);
            if (isUsual && known != null) {
                targets.put(field, known);
            } else {
                unknown.add(field);
            }
        }
        if (!unknown.isEmpty()) {
            targets.putAll(asked(table, unknown));
        }
        return targets;
    }

    private Map<String, FieldTarget> asked(String table, List<String> fields)
            throws ServiceNowException, InterruptedException {
        Map<String, FieldTarget> targets = dictionary.targets(table, fields);
        for (String field : fields) {
            FieldTarget target =
                    targets.getOrDefault(field, KnownFields.of(field).orElse(null));
            if (target == null) {
                throw Candidates.error(
                        Kind.NOT_FOUND,
                        table,
                        "names." + field + ": what " + field + " of " + table + " refers to is not known: it is no"
                                + " reference and no choice, or the account may not read sys_dictionary. Give its stored"
                                + " value in fields." + field + ".");
            }
            targets.put(field, target);
        }
        return targets;
    }
}
