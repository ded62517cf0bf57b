package io.jenkins.plugins.servicenowconnector.simulator.rule;

import io.jenkins.plugins.servicenowconnector.simulator.table.Row;

/** What a table does around each write; what comes before may change the record or throw {@link Refusal}. */
interface BusinessRule {

    default void beforeInsert(Row row, Actor actor) {}

    default void afterInsert(Row row) {}

    default void beforeUpdate(Update update) {}

    default void afterUpdate(Row before, Row now) {}
}
