package io.jenkins.plugins.servicenowconnector.engine.ticket.form;

import java.util.List;

/**
 * What a form offers.
 *
 * @param entries in the order in which they are shown
 * @param hint why there may be fewer than there are, with the right that is probably missing; empty if all is well
 */
public record FormList<T>(List<T> entries, String hint) {

    public FormList {
        entries = List.copyOf(entries);
    }
}
