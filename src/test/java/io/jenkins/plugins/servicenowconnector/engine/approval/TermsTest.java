package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Ended;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Failed;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Waiting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {

    private static Criteria criteria(String parameter, String field, String value) throws Exception {
        return Criteria.parse(parameter, "all", List.of(Map.of("field", field, "value", value)), null);
    }

    private static Decision decide(Terms terms, Tickets ticket) {
        return terms.judge(new Look(ticket.read(), Instant.EPOCH, false, false), Memory.NONE)
                .decision();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "incident|[field: 'state.value', operator: 'in', value: ['6', '7']]",
                "problem|['106', '107']",
                "change_task|[field: 'state.value', value: '3']",
                "sc_req_item|[field: 'approval.value', value: 'approved']",
                "u_release|[field: 'approval.value', value: 'approved']"
            })
    void noOtherTableHasADefaultTheMessageShowsAnExampleForThatTable(String table, String example) {
        assertThatThrownBy(() -> Terms.of(table).build())
                .hasMessageStartingWith("approvalCriteria is missing: " + table + " has no default. For example, ")
                .hasMessageContaining(example);
    }

    @Test
    void givenCriteriaReplaceTheDefaultAltogether() throws Exception {
        Terms terms = Terms.of("change_request")
                .approval(criteria("approvalCriteria", "state.value", "-1"))
                .build();

        assertThat(terms.fields()).containsExactly("state");
        assertThat(terms.windows()).isEmpty();
        assertThat(decide(terms, Tickets.change().state("-1").with("on_hold", "true")))
                .extracting("outcome")
                .isEqualTo(Outcome.APPROVED);
        assertThat(decide(terms, Tickets.change().state("4"))).isInstanceOf(Waiting.class);
    }

    @Test
    void aGivenRejectionReplacesTheDefaultRejectionOnly() throws Exception {
        Terms terms = Terms.of("change_request")
                .rejection(criteria("rejectionCriteria", "u_stop", "yes"))
                .build();

        assertThat(decide(terms, Tickets.approvedChange().with("u_stop", "yes")))
                .extracting("outcome")
                .isEqualTo(Outcome.REJECTED);
        assertThat(decide(terms, Tickets.approvedChange().with("u_stop", "no")))
                .extracting("outcome")
                .isEqualTo(Outcome.APPROVED);
        assertThat(decide(terms, Tickets.approvedChange().state("0").with("u_stop", "no")))
                .as("a finished change authorises nothing")
                .isInstanceOf(Waiting.class);
    }

    @Test
    void fieldsAreThoseOfAllParts() throws Exception {
        Terms terms = Terms.of("incident")
                .mustMatch(criteria("mustMatch", "cmdb_ci.name", "x"))
                .approval(Criteria.parse("approvalCriteria", null, null, "ticket.'a.b'.value == 'x'"))
                .rejection(criteria("rejectionCriteria", "state.displayValue", "x"))
                .window(ChangeWindow.parse("changeWindow", "incident", "u_start", null, null))
                .build();

        assertThat(terms.fields()).containsExactly("cmdb_ci.name", "a.b", "state", "u_start");
    }

    @Test
    void theyDescribeThemselvesForTheLog() throws Exception {
        assertThat(Terms.of("change_request")
                        .mustMatch(criteria("mustMatch", "cmdb_ci.name", "payments-prod"))
                        .build()
                        .describe())
                .containsExactly(
                        "must match: cmdb_ci.name = payments-prod",
                        "approved when: active.value = true and on_hold.value != true and approval.value = approved"
                                + " and state.value in -2, -1",
                        "rejected when: approval = rejected, or canceled, or finished, or sent back to New by an"
                                + " approver",
                        "change window: from start_date until end_date, where filled");
    }

    @Test
    void choicesAreReadByTheirWords() throws Exception {
        assertThat(OnConflict.parse(null)).isEqualTo(OnConflict.REJECT);
        assertThat(OnConflict.parse("approve")).isEqualTo(OnConflict.APPROVE);
        assertThat(OnSentBack.parse("")).isEqualTo(OnSentBack.WAIT);
        assertThat(OnSentBack.parse("reject")).isEqualTo(OnSentBack.REJECT);
        assertThat(OnWindowMissed.parse(" ")).isEqualTo(OnWindowMissed.FAIL);
        assertThat(OnWindowMissed.parse("Wait")).isEqualTo(OnWindowMissed.WAIT);
        assertThat(OnNotRun.parse(" ")).isNull();
        assertThat(OnNotRun.parse("leave")).isEqualTo(OnNotRun.LEAVE);
        assertThat(OnNotRun.parse("cancel")).hasToString("cancel");
        assertThatThrownBy(() -> OnNotRun.parse("delete"))
                .hasMessage("onNotRun cannot be \"delete\": use cancel or leave.");
        assertThatThrownBy(() -> OnWindowMissed.parse("ignore"))
                .hasMessage("onWindowMissed cannot be \"ignore\": use fail or wait.");
    }

    @Test
    void termsWithAllThatBelongsToThemSurviveARestart() throws Exception {
        Terms terms = Terms.of("change_request")
                .mustMatch(criteria("mustMatch", "approval", "approved"))
                .rejection(Criteria.parse("rejectionCriteria", null, null, "<+ticket.state.value> == \"4\""))
                .window(ChangeWindow.parse("changeWindow", "change_request", "start_date", null, null))
                .build();
        Look look = new Look(
                Tickets.change().state("4").with("approval", "approved").read(), Instant.EPOCH, false, false);

        Judgement judgement = copy(terms).judge(look, copy(new Memory("-3", 5, true)));

        assertThat(judgement.decision())
                .isEqualTo(new Ended(
                        Outcome.REJECTED, "CHG0030001 meets the rejection criteria: <+ticket.state.value> == \"4\""));
        assertThat(copy(judgement.decision())).isEqualTo(judgement.decision());
        assertThat(copy(decide(terms, Tickets.change().without("approval")))).isInstanceOf(Failed.class);
        assertThat(decide(
                        copy(Terms.of("change_request").build()),
                        Tickets.change().state("-5")))
                .isInstanceOfSatisfying(
                        Waiting.class,
                        waiting -> assertThat(waiting.reasons()).anyMatch(reason -> reason.contains("nobody")));
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T original) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}
