package io.jenkins.plugins.servicenowconnector.view;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the approvals stand that a build has waited for, in one icon and one phrase; it costs no call. */
public final class BuildBadge {

    /** What matters most among several approvals: one that is missing, then one that was not given. */
    public enum Standing {
        WAITING,
        NOT_APPROVED,
        APPROVED
    }

    private final Standing standing;
    private final String text;

    private BuildBadge(Standing standing, String text) {
        this.standing = standing;
        this.text = text;
    }

    /**
     * The badge of a build.
     *
     * @param waits its waits that go on
     * @param tickets its tickets
     * @return null if it has waited for none
     */
    static BuildBadge of(List<LiveWait> waits, List<BuildTicket> tickets) {
        if (!waits.isEmpty()) {
            return new BuildBadge(
                    Standing.WAITING,
                    Messages.BuildBadge_waiting(names(waits.stream().map(LiveWait::getTicket))));
        }
        List<BuildTicket> decided =
                tickets.stream().filter(ticket -> ticket.getDecision() != null).toList();
        if (decided.isEmpty()) {
            return null;
        }
        boolean approved =
                decided.stream().allMatch(ticket -> ticket.getDecision().isApproved());
        return new BuildBadge(
                approved ? Standing.APPROVED : Standing.NOT_APPROVED,
                Messages.BuildBadge_decided(decided.stream()
                        .map(ticket -> ticket.getName() + " "
                                + ticket.getDecision().getOutcomeText().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))));
    }

    private static String names(Stream<String> names) {
        return names.distinct().collect(Collectors.joining(", "));
    }

    /** How they stand. */
    public Standing getStanding() {
        return standing;
    }

    /** The same in words, with the tickets. */
    public String getText() {
        return text;
    }
}
