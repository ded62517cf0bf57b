package io.jenkins.plugins.servicenowconnector.engine.ticket;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tickets that can be asked for together, because the fields that they need leave room for their keys.
 *
 * @param keys the tickets
 * @param fields what is asked of all of them
 */
record SharedFields(List<TicketKey> keys, Set<String> fields) {

    /** Characters of an address that may be names of fields: the usual criteria name about 70. */
    private static final int ROOM = 600;

    /** As few groups as the names allow; whoever needs more names than there is room for is alone with them. */
    static List<SharedFields> of(Map<TicketKey, ? extends Collection<String>> wanted) {
        List<SharedFields> groups = new ArrayList<>();
        wanted.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> length(entry.getValue())))
                .forEach(entry -> {
                    SharedFields last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
                    if (last == null || !last.takes(entry.getValue())) {
                        last = new SharedFields(new ArrayList<>(), new LinkedHashSet<>());
                        groups.add(last);
                    }
                    last.keys.add(entry.getKey());
                    last.fields.addAll(entry.getValue());
                });
        return groups;
    }

    /** As many of these fields as there is room for. */
    static Set<String> shareable(Collection<String> fields) {
        Set<String> room = new LinkedHashSet<>();
        int length = 0;
        for (String field : fields) {
            length += field.length() + 1;
            if (length <= ROOM) {
                room.add(field);
            }
        }
        return room;
    }

    private boolean takes(Collection<String> more) {
        if (fields.containsAll(more)) {
            return true;
        }
        Set<String> all = new LinkedHashSet<>(fields);
        all.addAll(more);
        return length(all) <= ROOM;
    }

    private static int length(Collection<String> names) {
        return names.stream().mapToInt(name -> name.length() + 1).sum();
    }
}
