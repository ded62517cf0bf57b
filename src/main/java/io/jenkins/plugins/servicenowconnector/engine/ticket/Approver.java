package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One person's answer to the question whether a ticket is approved. What may not be read is empty.
 *
 * @param name what people call the person
 * @param userName the person's user name in ServiceNow
 * @param email the person's e-mail address
 * @param group the name of the group that the person was asked for; empty if for none
 * @param state the stored answer, such as {@code approved}, {@code rejected}
 * @param time when the answer was given or last changed, {@code yyyy-MM-dd HH:mm:ss} in UTC
 * @param givenBy the user name of whoever gave it, which can be a delegate or an administrator
 * @param comments all comments as ServiceNow shows them, the newest first, at most 1,000 characters
 */
public record Approver(
        String name,
        String userName,
        String email,
        String group,
        String state,
        String time,
        String givenBy,
        String comments)
        implements Serializable {

    private static final int LONGEST = 1_000;

    public Approver {
        String all = comments.strip();
        comments = all.length() <= LONGEST ? all : all.substring(0, LONGEST) + "…";
    }

    /** Whether this person approved. */
    public boolean hasApproved() {
        return state.equals("approved");
    }

    /**
     * Whether one of these texts is the user name, the e-mail address or the name of the person, or the user name of who
     * answered instead; case and blanks at the ends do not count.
     */
    public boolean isOneOf(List<String> identities) {
        return Stream.of(userName, email, givenBy, name)
                .map(String::strip)
                .filter(own -> !own.isEmpty())
                .anyMatch(own -> identities.stream().map(String::strip).anyMatch(own::equalsIgnoreCase));
    }

    /** Whether nothing came back that this person could be told by. */
    public boolean isUnknown() {
        return userName.isEmpty() && email.isEmpty();
    }

    /** The answer as a Pipeline sees it: name, userName, email, group, state, time, comments. */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("userName", userName);
        map.put("email", email);
        map.put("group", group);
        map.put("state", state);
        map.put("time", time);
        map.put("comments", comments);
        return map;
    }

    /** The answer on one line, for a log. */
    @Override
    public String toString() {
        String known =
                Stream.of(userName, email).filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
        String person = name.isEmpty() ? "somebody whose name may not be read" : OneLine.of(name);
        return person
                + (known.isEmpty() ? "" : " (" + OneLine.of(known) + ")")
                + (group.isEmpty() ? "" : " for " + OneLine.of(group))
                + ": " + OneLine.of(state) + " at " + OneLine.of(time) + " UTC"
                + (comments.isEmpty() ? "" : ", saying " + OneLine.quoted(comments));
    }
}
