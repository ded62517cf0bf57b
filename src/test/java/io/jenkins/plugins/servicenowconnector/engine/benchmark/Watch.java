package io.jenkins.plugins.servicenowconnector.engine.benchmark;

import io.jenkins.plugins.servicenowconnector.engine.approval.Criteria;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision;
import io.jenkins.plugins.servicenowconnector.engine.approval.Judgement;
import io.jenkins.plugins.servicenowconnector.engine.approval.Look;
import io.jenkins.plugins.servicenowconnector.engine.approval.Memory;
import io.jenkins.plugins.servicenowconnector.engine.approval.Terms;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One wait with all that a wait in Jenkins holds: its own terms, what it remembers, the lines that its log said last. */
final class Watch {

    private final String id = UUID.randomUUID().toString();
    private final TicketKey key;
    private final Terms terms;
    private Memory memory = Memory.NONE;
    private List<String> last = List.of();

    private Watch(TicketKey key, Terms terms) {
        this.key = key;
        this.terms = terms;
    }

    /** Every other one goes by the default, the others by conditions with an expression. */
    static Watch of(int place) throws ServiceNowException {
        Terms.Builder terms = Terms.of("change_request");
        if (place % 2 == 1) {
            terms.mustMatch(Criteria.parseLines("mustMatch", "short_description = Deployment " + place));
            terms.approval(Criteria.parse(
                    "approvalCriteria",
                    "all",
                    List.of(Map.of("field", "approval", "value", "approved")),
                    "<+ticket.state.displayValue> == \"Implement\" && !ticket.on_hold.value.equalsIgnoreCase('true')"));
        }
        return new Watch(new TicketKey("sys_id", SeededInstance.sysId(place)), terms.build());
    }

    String id() {
        return id;
    }

    TicketKey key() {
        return key;
    }

    Terms terms() {
        return terms;
    }

    /** Judges a reading as a wait in Jenkins does; none of these changes is ever decided. */
    synchronized void take(Reading reading) {
        if (reading.failure() != null) {
            throw new IllegalStateException(
                    "A look failed: " + reading.failure().getMessage());
        }
        Judgement judgement = terms.judge(new Look(reading.ticket(), reading.at(), false, false), memory);
        if (!(judgement.decision() instanceof Decision.Waiting waiting)) {
            throw new IllegalStateException("Decided: " + judgement.decision());
        }
        memory = judgement.memory();
        List<String> lines = new ArrayList<>();
        judgement
                .verdicts()
                .forEach(verdict ->
                        verdict.findings().forEach(finding -> lines.add("  " + verdict.criteria() + ": " + finding)));
        waiting.reasons().forEach(reason -> lines.add("  waiting: " + reason));
        last = lines.equals(last) ? last : List.copyOf(lines);
    }
}
