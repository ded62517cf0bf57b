package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

/**
 * What the names in a field stand for.
 *
 * @param table the table that a reference leads to; null for a choice, whose labels are looked up
 */
record FieldTarget(ReferredTable table) {

    /** One of a list of choices. */
    static final FieldTarget CHOICE = new FieldTarget(null);

    boolean isChoice() {
        return table == null;
    }
}
