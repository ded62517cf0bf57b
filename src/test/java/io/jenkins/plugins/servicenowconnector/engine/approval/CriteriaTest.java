package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriteriaTest {

    private static final Map<String, Object> ASSESS = Map.of("field", "state", "value", "Assess");
    private static final Map<String, Object> APPROVED = Map.of("field", "approval", "value", "approved");

    private static Criteria criteria(String match, List<Map<String, Object>> conditions, String expression)
            throws Exception {
        return Criteria.parse("approvalCriteria", match, conditions, expression);
    }

    @ParameterizedTest
    @CsvSource({
        "all, -4, requested, false",
        "all, -4, approved, true",
        "any, -4, requested, true",
        "any, -3, requested, false",
        ", -4, requested, false"
    })
    void matchAllOrAnyJoinsTheConditions(String match, String state, String approval, boolean met) throws Exception {
        Criteria criteria = criteria(match, List.of(ASSESS, APPROVED), null);

        assertThat(criteria.check(Tickets.change()
                                .state(state)
                                .with("approval", approval)
                                .read())
                        .met())
                .isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({"-4, requested, true", "-3, requested, false", "-4, rejected, false"})
    void givenBothConditionsAndExpressionBothMustHold(String state, String approval, boolean met) throws Exception {
        Criteria criteria = criteria("any", List.of(ASSESS, APPROVED), "ticket.approval.value != 'rejected'");

        assertThat(criteria.check(Tickets.change()
                                .state(state)
                                .with("approval", approval)
                                .read())
                        .met())
                .isEqualTo(met);
    }

    @Test
    void anEmptyOneIsRefused() {
        assertThatThrownBy(() -> criteria("all", List.of(), " "))
                .hasMessage("approvalCriteria is empty: give conditions, an expression, or both.");
        assertThatThrownBy(() -> criteria(null, null, null)).hasMessageContaining("is empty");
    }

    @Test
    void aFieldMayAppearMoreThanOnce() throws Exception {
        Criteria criteria = criteria(
                "all",
                List.of(
                        Map.of("field", "state", "operator", "!=", "value", "4"),
                        Map.of("field", "state", "operator", "!=", "value", "3")),
                null);

        assertThat(criteria.check(Tickets.change().read()).met()).isTrue();
        assertThat(criteria.check(Tickets.change().state("3").read()).met()).isFalse();
    }

    @Test
    void fieldsToAskForAreThoseOfConditionsAndExpression() throws Exception {
        Criteria criteria = criteria(
                "all",
                List.of(Map.of("field", "cmdb_ci.name.displayValue", "value", "x"), ASSESS),
                "ticket.'assigned_to.email'.value != '' && ticket['u_x'].displayValue == 'y'");

        assertThat(criteria.fields()).containsExactlyInAnyOrder("cmdb_ci.name", "state", "assigned_to.email", "u_x");
    }

    @Test
    void aFieldMissingInTheAnswerIsAnErrorThatDoesNotPass() throws Exception {
        Criteria byCondition = criteria("any", List.of(ASSESS, APPROVED), null);
        Criteria byExpression = criteria("all", List.of(), "true || ticket.approval.value == ''");

        for (Criteria criteria : List.of(byCondition, byExpression)) {
            assertThatExceptionOfType(ServiceNowException.class)
                    .isThrownBy(() ->
                            criteria.check(Tickets.change().without("approval").read()))
                    .withMessage("approvalCriteria names the field approval, which is not in ServiceNow's answer: "
                            + "change_request has no such field, or the connector's user may not read it.")
                    .matches(error -> error.kind() == Kind.NOT_FOUND && !error.isPassing());
        }
    }

    @Test
    void theVerdictHasEachConditionWithValueDisplayValueMetOrNot() throws Exception {
        Criteria criteria = criteria("all", List.of(ASSESS, APPROVED), "ticket.state.value == -4");

        Verdict verdict = criteria.check(Tickets.change().read());

        assertThat(verdict.criteria()).isEqualTo("approvalCriteria");
        assertThat(verdict.findings())
                .containsExactly(
                        new Finding("state = Assess", "state", "-4", "Assess", true),
                        new Finding("approval = approved", "approval", "requested", "Requested", false),
                        new Finding("ticket.state.value == -4", "", "", "", true));
        assertThat(verdict.missing()).containsExactly("approval = approved, found requested (Requested)");
    }

    @Test
    void mistakesNameTheParameterWithThePosition() {
        assertThatThrownBy(() -> criteria("all", List.of(ASSESS, Map.of("value", "x")), null))
                .hasMessage("approvalCriteria condition 2 names no field.");
        assertThatThrownBy(() -> criteria("some", List.of(ASSESS), null))
                .hasMessage("approvalCriteria match cannot be \"some\": use all or any.");
        assertThatThrownBy(() -> criteria("all", List.of(ASSESS), "ticket.state.value =="))
                .hasMessageStartingWith("approvalCriteria expression is not understood: ");
    }

    @Test
    void theyDescribeThemselvesOnOneLine() throws Exception {
        assertThat(criteria("any", List.of(ASSESS, APPROVED), "ticket.a.value == 'x'"))
                .hasToString("approvalCriteria: (state = Assess or approval = approved) and ticket.a.value == 'x'");
        assertThat(criteria("all", List.of(ASSESS, APPROVED), null).describe())
                .isEqualTo("state = Assess and approval = approved");
    }

    @Test
    void conditionsMayBeWrittenOnePerLine() throws Exception {
        Criteria criteria = Criteria.parseLines(
                "mustMatch",
                "cmdb_ci.name = payments-prod\n\n state.value not in -5, 4\r\nu_a!=x y\nu_b in p, q\nu_c =");

        assertThat(criteria.describe())
                .isEqualTo("cmdb_ci.name = payments-prod and state.value not in -5, 4 and u_a != x y and u_b in p, q "
                        + "and u_c is empty");
        assertThat(Criteria.parseLines("mustMatch", " \n")).isNull();
        assertThat(Criteria.parseLines("mustMatch", null)).isNull();
        assertThatThrownBy(() -> Criteria.parseLines("mustMatch", "a = b\nstate like x"))
                .hasMessageStartingWith("mustMatch line 2 is \"state like x\": write field = value");
        assertThatThrownBy(() -> Criteria.parseLines("mustMatch", "a == b"))
                .hasMessageStartingWith("mustMatch line 1 ");
    }
}
