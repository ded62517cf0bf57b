package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Ended;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approver;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfApprovalTest {

    private static final Ticket TICKET = Tickets.approvedChange().read();
    private static final Approver ABEL = answer("approved", "abel.tuter", "Abel.Tuter@example.com", "abel.tuter");
    private static final Approver BETH = answer("approved", "beth.anglin", "beth.anglin@example.com", "system");

    private static Approver answer(String state, String userName, String email, String givenBy) {
        return new Approver("Somebody Else", userName, email, "CAB", state, "2026-06-01 09:00:00", givenBy, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abel.tuter", "ABEL.TUTER", "abel.tuter@example.com", "ABEL.TUTER@EXAMPLE.COM"})
    void starterIsKnownByUserNameOrEmailWhateverTheCase(String identity) throws Exception {
        List<String> starter = List.of("somebody", identity);

        assertThat(SelfApproval.starterAmong(List.of(BETH, ABEL), starter)).contains(ABEL);
        assertThat(SelfApproval.rejection(TICKET, List.of(BETH, ABEL), starter))
                .contains(new Ended(Outcome.REJECTED, "CHG0030001 was approved by the starter of this build: " + ABEL));
    }

    @Test
    void approvalOfOthersStands() throws Exception {
        assertThat(SelfApproval.rejection(TICKET, List.of(BETH, ABEL), List.of("carl", "Carl", "Somebody")))
                .as("a part of a name is no name")
                .isEmpty();
        assertThat(SelfApproval.rejection(TICKET, List.of(), List.of("carl"))).isEmpty();
        assertThat(SelfApproval.rejection(TICKET, List.of(BETH), List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alice Liddell", " alice liddell "})
    void starterWithAnotherUserNameThereIsKnownByTheFullName(String fullName) throws Exception {
        Approver alice = new Approver(
                "Alice Liddell", "alice.liddell", "al@example.com", "CAB", "approved", "2026-06-01 09:00:00", "x", "");

        assertThat(SelfApproval.rejection(TICKET, List.of(BETH, alice), List.of("aliddell", fullName)))
                .hasValueSatisfying(end -> assertThat(end.outcome()).isEqualTo(Outcome.REJECTED));
    }

    @Test
    void whatIsEmptyOnBothSidesIsNobody() {
        assertThat(SelfApproval.starterAmong(
                        List.of(new Approver("", "", "", "", "approved", "", "", "")), List.of("")))
                .isEmpty();
    }

    @Test
    void starterWhoAnswersInAnotherPersonsPlaceIsFound() {
        Approver delegated = answer("approved", "abel.tuter", "abel.tuter@example.com", "Carl");

        assertThat(SelfApproval.starterAmong(List.of(delegated), List.of("carl")))
                .contains(delegated);
    }

    @Test
    void starterWhoRejectedIsNoObstacleHere() {
        assertThat(SelfApproval.starterAmong(
                        List.of(answer("rejected", "carl", "carl@example.com", "carl")), List.of("carl")))
                .isEmpty();
    }

    @Test
    void approverWhoCannotBeToldFromTheStarterIsAnError() {
        assertThatExceptionOfType(ServiceNowException.class)
                .isThrownBy(() ->
                        SelfApproval.rejection(TICKET, List.of(answer("approved", "", "", "system")), List.of("carl")))
                .withMessage(
                        "forbidSelfApproval cannot be held for CHG0030001: the account may read neither user_name nor"
                                + " email of an approver in sys_user.")
                .matches(failure -> failure.kind() == Kind.FORBIDDEN);
    }
}
