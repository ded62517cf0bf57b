package io.jenkins.plugins.servicenowconnector.simulator.rule;

import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.Set;

/**
 * An update about to be stored.
 *
 * @param after what will be stored; rules may change it
 * @param sent the fields that the update named, changed by it or not
 */
record Update(Row before, Row after, Set<String> sent, Actor actor) {

    boolean changes(String field) {
        return !before.is(field, after.get(field));
    }

    /** Keeps the field as it was, silently. */
    void keep(String field) {
        after.set(field, before.get(field));
    }
}
