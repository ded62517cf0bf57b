package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static final String WHERE = "approvalCriteria condition 2";

    private static boolean met(String field, String operator, Object value, Tickets ticket) throws Exception {
        return Condition.parse(WHERE, field, operator, value)
                .check(ticket.read())
                .met();
    }

    @ParameterizedTest
    @CsvSource({
        "state, -4, true",
        "state, Assess, true",
        "state, -3, false",
        "state.value, -4, true",
        "state.value, Assess, false",
        "state.displayValue, Assess, true",
        "state.displayValue, -4, false"
    })
    void aBareNameMatchesEitherTheLastPartSelectsOneKind(String field, String value, boolean met) throws Exception {
        assertThat(met(field, "=", value, Tickets.change())).isEqualTo(met);
        assertThat(met(field, "!=", value, Tickets.change()))
                .as("exact negation")
                .isEqualTo(!met);
        assertThat(met(field, "in", value + ",x", Tickets.change())).isEqualTo(met);
        assertThat(met(field, "not in", value + ",x", Tickets.change()))
                .as("exact negation")
                .isEqualTo(!met);
    }

    @ParameterizedTest
    @CsvSource({
        ", =",
        "'', =",
        "=, =",
        "equals, =",
        "EQUALS, =",
        "!=, !=",
        "not equals, !=",
        "in, in",
        "not in, not in",
        "Not  In, not in"
    })
    void operatorIsEqualsByDefaultAndHarnessWordsAreKnown(String text, String sign) throws Exception {
        assertThat(Operator.parse("x", text)).hasToString(sign);
    }

    @ParameterizedTest
    @ValueSource(strings = {"==", "like", "<", "notin", "contains"})
    void unknownOperatorsAreRefused(String text) {
        assertThatThrownBy(() -> Condition.parse(WHERE, "state", text, "1"))
                .hasMessage("approvalCriteria condition 2 (state) has the unknown operator \"" + text
                        + "\": use =, !=, in or not in.");
    }

    @Test
    void valueIsTextNumberOrForInAList() throws Exception {
        assertThat(met("state.value", "=", -4, Tickets.change())).isTrue();
        assertThat(met("state.value", "=", -4L, Tickets.change())).isTrue();
        assertThat(met("state.value", "in", List.of(-4, "x"), Tickets.change())).isTrue();
        assertThat(met("state.value", "in", -4, Tickets.change())).isTrue();
        assertThat(met("active", "=", true, Tickets.change())).isTrue();
        assertThat(met("cost", "=", new BigDecimal("1.50"), Tickets.of("x").with("cost", "1.50")))
                .isTrue();
        assertThat(met("cost", "=", 1e7, Tickets.of("x").with("cost", "10000000")))
                .isTrue();
    }

    @Test
    void itemsOfAGivenListAreNotTakenApart() throws Exception {
        assertThat(met("x", "in", List.of("a,b"), Tickets.of("x").with("x", "a,b")))
                .isTrue();
        assertThat(met("x", "in", List.of("a,b"), Tickets.of("x").with("x", "a")))
                .isFalse();
    }

    @Test
    void blankMeansIsEmpty() throws Exception {
        for (Object blank : Arrays.asList("", "  ", null)) {
            assertThat(met("on_hold_reason", "=", blank, Tickets.change())).isTrue();
            assertThat(met("on_hold_reason", "!=", blank, Tickets.change())).isFalse();
            assertThat(met("state", "in", blank, Tickets.change())).isFalse();
            assertThat(met("state", "not in", blank, Tickets.change())).isTrue();
        }
        assertThat(met("on_hold_reason", "in", "x, \"\"", Tickets.change())).isTrue();
    }

    @Test
    void aReferenceWithoutReadableNameIsNotEmpty() throws Exception {
        Tickets ticket = Tickets.of("x").with("assigned_to", Tickets.SYS_ID, "");

        assertThat(met("assigned_to", "=", "", ticket)).isFalse();
        assertThat(met("assigned_to.value", "=", "", ticket)).isFalse();
        assertThat(met("assigned_to.displayValue", "=", "", ticket)).isTrue();
    }

    @Test
    void caseCounts() throws Exception {
        assertThat(met("state", "=", "assess", Tickets.change())).isFalse();
        assertThat(met("state", "!=", "assess", Tickets.change())).isTrue();
    }

    @Test
    void aFieldMayBeDotWalked() throws Exception {
        Condition condition = Condition.parse(WHERE, "cmdb_ci.name", "=", "payments-prod");

        assertThat(condition.field()).isEqualTo("cmdb_ci.name");
        assertThat(condition
                        .check(Tickets.change()
                                .with("cmdb_ci.name", "payments-prod")
                                .read())
                        .met())
                .isTrue();
    }

    @Test
    void mistakesInAValueNameParameterPositionAndField() {
        assertThatThrownBy(() -> Condition.parse(WHERE, "state", "=", List.of("a")))
                .hasMessageStartingWith("approvalCriteria condition 2 (state) has a list as value");
        assertThatThrownBy(() -> Condition.parse(WHERE, "state", "in", List.of()))
                .hasMessageContaining("an empty list");
        assertThatThrownBy(() -> Condition.parse(WHERE, "state", "in", Arrays.asList("a", null)))
                .hasMessageContaining("null in its list");
        assertThatThrownBy(() -> Condition.parse(WHERE, "state", "=", Map.of("a", "b")))
                .hasMessageContaining("neither text nor number");
        assertThatThrownBy(() -> Condition.parse(WHERE, "state", "=", Double.NaN))
                .hasMessageContaining("no number");
        assertThatThrownBy(() -> Condition.parse(WHERE, "state", "=", "x".repeat(4001)))
                .hasMessageContaining("4000");
    }

    @Test
    void theTextNullOfAnUnsetVariableOpensNothing() {
        assertThatThrownBy(() -> Condition.parse(WHERE, "state", "!=", "null")).hasMessageContaining("not set");
        assertThatThrownBy(() -> Condition.parse(WHERE, "state", "not in", "a,null"))
                .hasMessageContaining("not set");
    }

    @Test
    void aMapWithAnUnknownKeyIsRefused() {
        assertThatThrownBy(() -> Condition.parse(WHERE, Map.of("field", "state", "op", "in")))
                .hasMessage("approvalCriteria condition 2 has the unknown key \"op\": use field, operator, value.");
        Map<String, Object> odd = new HashMap<>();
        odd.put("field", 3);
        assertThatThrownBy(() -> Condition.parse(WHERE, odd)).hasMessageContaining("needs a text as field");
        assertThatThrownBy(() -> Condition.parse(WHERE, null)).hasMessageContaining("is null");
    }

    @Test
    void aListSurvivesThePlaceThatHoldsOnlyText() throws Exception {
        String text = Condition.listText(WHERE, List.of(-2, "a, b", ""));

        assertThat(Condition.parse(WHERE, "x", "in", text))
                .isEqualTo(Condition.parse(WHERE, "x", "in", List.of("-2", "a, b", "")));
    }

    @Test
    void aFindingIsOneLineForTheLog() throws Exception {
        assertThat(Condition.parse(WHERE, "state.value", "in", "-2,-1")
                        .check(Tickets.change().read()))
                .hasToString("state.value in -2, -1, found -4 (Assess): not met");
        assertThat(Condition.parse(WHERE, "x", "!=", "")
                        .check(Tickets.of("x").with("x", "a\r\n\u001b[31mb").read()))
                .hasToString("x is not empty, found a [31mb: met");
    }
}
