package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A table in which records are looked up by what people call them.
 *
 * @param table its name
 * @param keys the fields that people's words may stand in, the one that counts most first
 */
record ReferredTable(String table, List<String> keys) {

    /** People: by user name, else by e-mail address, else by full name. */
    static final ReferredTable USERS = new ReferredTable("sys_user", List.of("user_name", "email", "name"));

    static final ReferredTable GROUPS = named("sys_user_group");
    static final ReferredTable ITEMS = named("cmdb_ci");
    static final ReferredTable MODELS = named("chg_model");

    /** These certainly have a field {@code active}: in a query, a field that a table lacks does harm (servicenow-rest §1.5). */
    private static final Set<String> WITH_ACTIVE = Set.of("sys_user", "sys_user_group");

    ReferredTable {
        keys = List.copyOf(keys);
    }

    static ReferredTable named(String table) {
        return new ReferredTable(table, List.of("name"));
    }

    static ReferredTable numbered(String table) {
        return new ReferredTable(table, List.of("number"));
    }

    boolean hasActive() {
        return WITH_ACTIVE.contains(table);
    }

    /** The fields that are needed in order to compare, to choose and to show; unknown ones do no harm here. */
    Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>(List.of("sys_id"));
        fields.addAll(keys);
        fields.addAll(List.of("active", "sys_class_name"));
        return fields;
    }

    /** How people are told by what was looked. */
    String by() {
        List<String> words = new ArrayList<>();
        for (String key : keys) {
            words.add(
                    switch (key) {
                        case "user_name" -> "user name";
                        case "email" -> "e-mail address";
                        default -> key;
                    });
        }
        return String.join(", ", words);
    }
}
