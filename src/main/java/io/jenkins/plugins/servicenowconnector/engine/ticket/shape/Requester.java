package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;

/**
 * Who a ticket is requested by.
 *
 * @param name what a user gave: a user name, an e-mail address or a full name, which must be found; null if nobody was named
 * @param userId who started the build, as Jenkins knows the person; null if nobody did
 * @param fullName the same person's name; may be null
 * @param email the same person's address; may be null
 */
public record Requester(String name, String userId, String fullName, String email) implements Serializable {

    /** Nobody in particular: ServiceNow takes the account that writes. */
    public static final Requester API_USER = new Requester(null, null, null, null);

    /**
     * The field that says who wants it, by table (servicenow-rest §5.1, §5.3). A problem has no requester, so it is the one
     * who opened it; other tables have none that is common to all instances.
     */
    private static final Map<String, String> FIELDS =
            Map.of("change_request", "requested_by", "incident", "caller_id", "problem", "opened_by");

    /** The user that a step names. */
    public static Requester named(String text) {
        return new Requester(text, null, null, null);
    }

    /** The person who started the build, if ServiceNow knows exactly one such user. */
    public static Requester starter(String userId, String fullName, String email) {
        return new Requester(null, userId, fullName, email);
    }

    boolean isNamed() {
        return name != null && !name.isBlank();
    }

    boolean isStarter() {
        return !isNamed() && (userId != null || email != null);
    }

    /** The field of a table that says who wants it; empty if the table has none. */
    static Optional<String> field(String table) {
        return Optional.ofNullable(FIELDS.get(table));
    }
}
