package io.jenkins.plugins.servicenowconnector.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.connector.ApprovalDefaults;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket.Role;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalRequest;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import io.jenkins.plugins.servicenowconnector.wait.WaitEnd;
import io.jenkins.plugins.servicenowconnector.wait.WaitLog;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is kept of a ticket, and the badge that comes of it. */
class BuildTicketTest {

    private static final String SYS_ID = "0123456789abcdef0123456789abcdef";

    @Test
    void decisionKeepsWhoDecidedInWhichWindow() throws Exception {
        BuildTicket gate = note("x", Role.GATE).decided(decision("-2", "approved"));

        assertThat(gate.getDecision().getOutcome()).isEqualTo("approved");
        assertThat(gate.getDecision().getReason()).startsWith("approved: CHG0030001 ");
        assertThat(gate.getDecision().getApprovers()).isEqualTo("Eve, CAB");
        assertThat(gate.getDecision().getWindow()).isEqualTo("the change window until 2100-01-01 00:00:00 UTC is open");
        assertThat(gate.getSays()).isEqualTo("CHG0030001: Approved");
        assertThat(BuildBadge.of(List.of(), List.of(gate)).getText()).isEqualTo("ServiceNow: CHG0030001 approved");
    }

    @Test
    void laterNoteOfTheTicketKeepsHowTheWaitEnded() throws Exception {
        BuildTicket gate = note("title", Role.GATE).decided(decision("-2", "approved"));

        BuildTicket merged = note("", Role.CHANGED).after(gate);

        assertThat(merged.getDecision()).isSameAs(gate.getDecision());
        assertThat(merged.getRole()).isEqualTo(Role.GATE);
        assertThat(merged.getShortDescription()).isEqualTo("title");
        assertThat(merged.decided(decision("4", "rejected"))
                        .after(merged)
                        .getDecision()
                        .getOutcome())
                .isEqualTo("rejected");
    }

    @Test
    void withoutTextsNothingOfTheTicketIsKeptInWhicheverOrderItIsNoted() throws Exception {
        BuildDecision decision = decision("-2", "approved");
        BuildTicket open = note("salary", Role.CREATED);

        for (BuildTicket bare : List.of(
                open.withoutTexts().decided(decision),
                open.decided(decision).withoutTexts(),
                open.withoutTexts().decided(decision).after(open),
                open.decided(decision).after(open.withoutTexts()))) {
            assertThat(bare.getNumber()).isEqualTo("CHG0030001");
            assertThat(bare.getUrl()).contains(SYS_ID);
            assertThat(List.of(
                            bare.getShortDescription(),
                            bare.getState(),
                            bare.getDecision().getReason(),
                            bare.getDecision().getApprovers(),
                            bare.getDecision().getWindow()))
                    .containsOnly("");
            assertThat(bare.getDecision().getOutcome()).isEqualTo("approved");
        }
    }

    @Test
    void badgeShowsWhatWasNotApprovedBeforeWhatWas() throws Exception {
        BuildTicket approved = note("x", Role.GATE).decided(decision("-2", "approved"));
        BuildTicket rejected = note("x", Role.GATE).decided(decision("4", "rejected"));

        assertThat(BuildBadge.of(List.of(), List.of(note("x", Role.CREATED)))).isNull();
        assertThat(BuildBadge.of(List.of(), List.of(approved)).getStanding()).isEqualTo(BuildBadge.Standing.APPROVED);
        assertThat(BuildBadge.of(List.of(), List.of(approved, rejected)).getStanding())
                .isEqualTo(BuildBadge.Standing.NOT_APPROVED);
    }

    @Test
    void everyOutcomeHasItsWord() throws Exception {
        ApprovalWait wait = wait("-2", "approved");
        for (Outcome outcome : Outcome.values()) {
            BuildDecision decision = BuildDecision.of(new WaitEnd(outcome, "x", null, null, null, null), wait, null);
            assertThat(decision.getOutcomeText()).isEqualToIgnoringCase(outcome.toString());
        }
        assertThat(BuildDecision.of(new WaitEnd(null, "x", null, null, null, null), wait, null)
                        .getOutcomeText())
                .isEqualTo("Ended without a decision");
    }

    private static BuildTicket note(String title, Role role) {
        Ticket ticket = ticket(title, "-2", "approved");
        return BuildTicket.of("global:test", ticket, URI.create("https://example.service-now.com"), role);
    }

    private static BuildDecision decision(String state, String approval) throws Exception {
        ApprovalWait wait = wait("-4", "requested");
        WaitEnd end = wait.take(Reading.of(ticket("x", state, approval), Instant.now()), false, Instant.now())
                .orElseThrow();
        return BuildDecision.of(end, wait, "Eve, CAB");
    }

    private static ApprovalWait wait(String state, String approval) throws Exception {
        ApprovalWait wait = new ApprovalWait(
                new ApprovalRequest(null, "CHG0030001", null, null, null, null, null, null, null, null),
                new Target("global:test", "", "change_request"),
                Duration.ofMinutes(1),
                Instant.now().plus(Duration.ofDays(1)));
        wait.wake(new ApprovalDefaults("change_request"), new WaitLog(line -> {}, Instant::now), Instant.now());
        wait.take(Reading.of(ticket("x", state, approval), Instant.now()), false, Instant.now());
        return wait;
    }

    private static Ticket ticket(String title, String state, String approval) {
        return new Ticket(
                "change_request",
                SYS_ID,
                "CHG0030001",
                Map.of(
                        "state", new FieldValue(state, state),
                        "approval", new FieldValue(approval, approval),
                        "active", new FieldValue("true", "true"),
                        "on_hold", new FieldValue("false", "false"),
                        "on_hold_reason", FieldValue.EMPTY,
                        "short_description", new FieldValue(title, title),
                        "start_date", FieldValue.EMPTY,
                        "end_date", new FieldValue("2100-01-01 00:00:00", "2100-01-01 00:00:00")));
    }
}
