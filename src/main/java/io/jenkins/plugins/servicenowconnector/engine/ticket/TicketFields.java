package io.jenkins.plugins.servicenowconnector.engine.ticket;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which fields are asked for: those a Pipeline usually needs, and no more, because records carry personal data. */
public final class TicketFields {

    private static final List<String> USUAL = List.of(
            "sys_id",
            "number",
            "state",
            "approval",
            "active",
            "short_description",
            "assignment_group",
            "assigned_to",
            "start_date",
            "end_date");

    /** The row's own table, where it was found through a parent. */
    public static final String CLASS = "sys_class_name";

    /** Reading one brings the whole history of its entries along (servicenow-rest §1.7). */
    private static final Set<String> JOURNALS = Set.of("work_notes", "comments", "comments_and_work_notes");

    private TicketFields() {}

    /** The usual fields and these; journals are left out. */
    public static Set<String> usualAnd(Collection<String> others) {
        Set<String> fields = new LinkedHashSet<>(USUAL);
        fields.addAll(others);
        fields.removeIf(TicketFields::isJournal);
        return fields;
    }

    static Set<String> keysAnd(Collection<String> others) {
        Set<String> fields = new LinkedHashSet<>(List.of("sys_id", "number"));
        fields.addAll(others);
        return fields;
    }

    /** Tasks have them; a table that has none drops the field without a word, but the platform's own are left alone. */
    public static boolean hasWorkNotes(String table) {
        return !table.startsWith("sys_") && !table.startsWith("cmdb_") && !table.equals("task_ci");
    }

    /** Whether a field, or the last part of a dotted one, is a journal. */
    public static boolean isJournal(String field) {
        return JOURNALS.contains(field.substring(field.lastIndexOf('.') + 1));
    }
}
