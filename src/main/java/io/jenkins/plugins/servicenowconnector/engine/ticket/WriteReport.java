package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.ticket.FieldOutcome.Kind;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What became of the fields of a write, found by comparing what was sent with what came back: ServiceNow drops silently what
 * it does not want (servicenow-rest §0, §1.7).
 *
 * @param outcomes one for each field that was sent, in that order, without journals, which never come back
 */
public record WriteReport(List<FieldOutcome> outcomes) implements Serializable {

    /** Nothing was sent. */
    public static final WriteReport NOTHING = new WriteReport(List.of());

    /** Worked out by the instance from other fields, whatever is sent (servicenow-rest §5.3). */
    private static final Set<String> CALCULATED = Set.of("priority");

    public WriteReport {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * Compares after a record was created.
     *
     * @param sent the fields with their texts as they were sent
     * @param stored the fields that came back
     * @param ignored the fields that ServiceNow itself says it ignored; empty if it does not say
     */
    public static WriteReport afterCreate(
            Map<String, String> sent, Map<String, FieldValue> stored, Set<String> ignored) {
        return afterUpdate(sent, Map.of(), stored, ignored);
    }

    /**
     * Compares after a record was changed.
     *
     * @param before the fields as they were before the write; a field that is missing here is judged as after a creation
     */
    public static WriteReport afterUpdate(
            Map<String, String> sent,
            Map<String, FieldValue> before,
            Map<String, FieldValue> stored,
            Set<String> ignored) {
        return new WriteReport(sent.entrySet().stream()
                .filter(each -> !TicketFields.isJournal(each.getKey()) || ignored.contains(each.getKey()))
                .map(each -> new FieldOutcome(
                        each.getKey(),
                        ignored.contains(each.getKey())
                                ? Kind.NOT_TAKEN
                                : kind(
                                        each.getKey(),
                                        each.getValue(),
                                        before.get(each.getKey()),
                                        stored.get(each.getKey())),
                        each.getValue(),
                        stored.getOrDefault(each.getKey(), FieldValue.EMPTY)))
                .toList());
    }

    private static Kind kind(String field, String sent, FieldValue before, FieldValue stored) {
        if (stored == null) {
            return sent.isEmpty() ? Kind.TAKEN : Kind.NOT_TAKEN;
        }
        if (SameValue.test(sent, stored)) {
            return Kind.TAKEN;
        }
        if (before != null) {
            return before.value().equals(stored.value()) ? Kind.NOT_TAKEN : changed(sent, stored);
        }
        return isDefaultLike(field, stored) ? Kind.NOT_TAKEN : changed(sent, stored);
    }

    private static Kind changed(String sent, FieldValue stored) {
        return SameValue.isShortened(sent, stored) ? Kind.SHORTENED : Kind.CHANGED;
    }

    /**
     * Whether a new record shows nothing that somebody put there: an empty field, a false, a zero, or a choice, of which the
     * first one stays when a value is dropped. A reference, a date or a text does not come from nowhere.
     */
    private static boolean isDefaultLike(String field, FieldValue stored) {
        String value = stored.value();
        if (CALCULATED.contains(field)) {
            return false;
        }
        boolean isChoice = !stored.displayValue().equals(value) && !Syntax.isSysId(value) && !SameValue.isDate(value);
        return isChoice || value.isEmpty() || value.equals("false") || value.equals("0") || field.startsWith("sys_");
    }

    /** The names of the fields that were not taken: a missing right, a choice that does not exist, no such field. */
    public List<String> notTaken() {
        return names(Kind.NOT_TAKEN::equals);
    }

    /** The names of the fields that do not hold what was sent, for whatever reason. */
    public List<String> differing() {
        return names(kind -> kind != Kind.TAKEN);
    }

    private List<String> names(Predicate<Kind> which) {
        return outcomes.stream()
                .filter(each -> which.test(each.kind()))
                .map(FieldOutcome::field)
                .toList();
    }

    /** The fields of one kind. */
    public List<FieldOutcome> of(Kind kind) {
        return outcomes.stream().filter(each -> each.kind() == kind).toList();
    }

    /** A line for each field that was not simply taken, for the log. */
    public List<String> lines() {
        return outcomes.stream()
                .filter(each -> each.kind() != Kind.TAKEN)
                .map(FieldOutcome::line)
                .toList();
    }

    /**
     * The error for a write of which everything had to be taken; the ticket exists nevertheless.
     *
     * @param ticket what was written, for the message
     * @return null if everything was taken
     */
    public ServiceNowException failure(Ticket ticket) {
        List<String> fields = notTaken();
        if (fields.isEmpty()) {
            return null;
        }
        return new ServiceNowException(
                ServiceNowException.Kind.NOT_TAKEN,
                "ServiceNow wrote " + ticket.name() + " but did not take " + String.join(", ", fields)
                        + "; the account may lack the right to set a field, the value may not be among its choices, the"
                        + " table may have no such field, or a rule set it back.",
                new Facts(ticket.table(), "", 0, "", "", "", ""));
    }
}
