package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions can say; what they cannot do is {@link ExpressionFenceTest}'s. */
class ExpressionTest {

    private static final Tickets TICKET = Tickets.change()
            .with("cmdb_ci.name", "payments-prod")
            .with("priority", "3", "3 - Moderate")
            .with("short_description", "It's a \"test\" > 1 <+ok>");

    private static boolean holds(String expression) throws Exception {
        return Expression.parse("approvalCriteria expression", expression).holds(TICKET.read());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ticket.state.value == '-4'",
                "ticket.state.value == -4",
                "ticket.state.displayValue == \"Assess\"",
                "ticket['state'].value == '-4'",
                "ticket.'cmdb_ci.name'.value == 'payments-prod'",
                "ticket['cmdb_ci.name']['value'] == 'payments-prod'",
                "ticket.state.value == -4 && (ticket.approval.value == 'requested' || false)",
                "ticket.state.value eq -4 and not (ticket.approval.value eq 'approved')",
                "ticket.priority.value < 4 && ticket.priority.value >= 3 && 2 < ticket.priority.value",
                "ticket.state.value =~ ['-4', '-3']",
                "ticket.state.value =~ [-4, -3]",
                "ticket.state.value !~ [0, 3, 4]",
                "['-4', '-3'] =~ ['x'] || true",
                "ticket.short_description.value =^ 'It' && ticket.short_description.value =$ '>'",
                "ticket.short_description.value !^ 'x' && ticket.short_description.value !$ 'x'",
                "ticket.approval.value != null && ticket.approval.value !== 'approved'",
                "ticket.active.value == true && !(ticket.on_hold.value == true)",
                "empty ticket.on_hold_reason.value && size(ticket.approval.value) == 9",
                "ticket.priority.value == '3' ? true : false",
                "(ticket.state.displayValue + '/' + ticket.approval.value) == 'Assess/requested'",
                "ticket.short_description.value == 'It\\'s a \"test\" > 1 <+ok>'",
                "'\\u0027'.length() == 1",
                "  ticket.state.value\n  == '-4'\n"
            })
    void expressionsHold(String expression) throws Exception {
        assertThat(holds(expression)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ticket.short_description.value.contains('test')",
                "ticket.approval.value.startsWith('req')",
                "ticket.approval.value.endsWith('ed')",
                "ticket.approval.value.equalsIgnoreCase('REQUESTED')",
                "ticket.approval.displayValue.toLowerCase() == 'requested'",
                "ticket.approval.value.toUpperCase() == 'REQUESTED'",
                "('  ' + ticket.approval.value).trim() == 'requested'",
                "ticket.approval.value.length() == 9",
                "ticket.on_hold_reason.value.isEmpty()",
                "ticket.approval.value.trim().toUpperCase().contains('QUEST')",
                "'requested'.equalsIgnoreCase(ticket.approval.displayValue)"
            })
    void theTextMethodsOfTheListWork(String expression) throws Exception {
        assertThat(holds(expression)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<+ticket.state.displayValue> == \"Assess\"",
                "<+ticket.state.value> == \"-4\" && <+ticket.approval.displayValue> == \"Requested\"",
                "<+ticket.state.displayValue == \"Assess\">",
                "!<+ticket.state.displayValue == \"New\">",
                "<+ ticket.'cmdb_ci.name'.value > == 'payments-prod'",
                "<+ticket.state.displayValue>.contains('sess')",
                "<+ticket.state>.displayValue == 'Assess'",
                "<+ticket.priority.value> > 2",
                "<+ticket.state.value.contains('>')> == false",
                "ticket.short_description.value.contains('<+ok>')"
            })
    void harnessExpressionsRunUnchanged(String expression) throws Exception {
        assertThat(holds(expression)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<+pipeline.name> == 'x'", "<+ticketx.state.value> == 'x'", "'a' == <+env.name>"})
    void otherMarksAreRefusedWithAdvice(String expression) {
        assertThatThrownBy(() -> holds(expression))
                .hasMessageStartingWith("approvalCriteria expression has \"<+")
                .hasMessageContaining("only <+ticket.…> is known here")
                .hasMessageContaining("value: env.BRANCH_NAME");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '\0',
            value = {
                "<+ticket.state.value == 'x'§a <+ without its > at line 1, column 1",
                "true && <+ticket.a.value == <+ticket.b.value>>§a <+ inside another at line 1, column 29",
                "<+ticket.state.value> == New§column 26",
                "'<+ticket.state.value>' == '-4'§has \"<+ticket.state.value>\" inside quotes, where it is a text only: write it"
                        + " without quotes, at line 1, column 1.",
                "ticket.state.value == 'x§a quote that is not closed at line 1, column 23"
            })
    void mistakesAreNamedWithTheUsersOwnColumns(String expression, String message) {
        assertThatThrownBy(() -> holds(expression)).hasMessageContaining(message);
    }

    @Test
    void theFieldsItNamesAreAskedFor() throws Exception {
        Expression expression = Expression.parse(
                "x",
                "<+ticket.a.value> == ticket['b.c'].value || ticket.'d.e.f'.displayValue.isEmpty() || 'ticket.z' =="
                        + " 'x'");

        assertThat(expression.fields()).containsExactlyInAnyOrder("a", "b.c", "d.e.f");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '\0',
            value = {
                "ticket['st' + 'ate'].value == ''§computes the name of a field",
                "ticket[ticket.a.value].value == ''§computes the name of a field",
                "ticket[true].value == ''§computes the name of a field",
                "ticket[1].value == ''§computes the name of a field",
                "ticket.state['val' + 'ue'] == ''§computes the name of a field"
            })
    void aComputedNameIsRefused(String expression, String message) {
        assertThatThrownBy(() -> holds(expression)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '\0',
            value = {
                "ticket.cmdb_ci.name.value == ''§ticket.'cmdb_ci.name'.value",
                "ticket.cmdb_ci.name == ''§ticket.'cmdb_ci.name'.value",
                "ticket.state == 'New'§reads a field otherwise than as ticket.state.value or",
                "ticket == 'New'§reads the ticket as a whole; say ticket.state.value",
                "(ticket).state.value == 'New'§reads \"state\" of something other than ticket",
                "(ticket.state).value == 'New'§of something other than ticket",
                "ticket.state.isEmpty()§reads a field otherwise than as",
                "ticket.state.value.bytes == ''§reads a field otherwise than as",
                "ticket.'a b'.value == ''§which is no field's name",
                "ticket.null.value == ''§which is no field's name",
                "state == 'New'§names \"state\"; only ticket is known here",
                "ticket.state.displayValue == New§names \"New\"; only ticket is known here, and texts need quotes"
            })
    void fieldsAreReadInOneWayOnlyAndTheErrorSaysWhich(String expression, String message) {
        assertThatThrownBy(() -> holds(expression))
                .isInstanceOf(ServiceNowException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '\0',
            value = {
                "ticket.state.value§must come to true or false, but came to \"-4\"",
                "'true'§must come to true or false, but came to \"true\"",
                "null§must come to true or false, but came to nothing",
                "ticket.state.value == 'x' || 'Assess'§\"Assess\" is neither true nor false",
                "ticket.state.value + 1§must come to true or false"
            })
    void theResultMustBeBoolean(String expression, String message) {
        assertThatExceptionOfType(ServiceNowException.class)
                .isThrownBy(() -> holds(expression))
                .withMessageStartingWith("approvalCriteria expression ")
                .withMessageContaining(message)
                .matches(error -> error.kind() == Kind.BAD_INPUT && !error.isPassing());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '\0',
            value = {
                "ticket.state.displayValue < 3§the text \"Assess\" is no number to compare with at line 1, column 2",
                "ticket.state.displayValue && true§\"Assess\" is neither true nor false",
                "true && 'Assess' ? true : false§\"Assess\" is neither true nor false",
                "!ticket.state.value§\"-4\" is neither true nor false",
                "ticket.on_hold_reason.value < 3§the text \"\" is no number to compare with",
                "ticket.state.value.contains() §contains",
                "ticket.priority.value.length().contains('1')§contains",
                "[1, 2].isEmpty()§isEmpty"
            })
    void errorsWhileItRunsAreClear(String expression, String message) {
        assertThatExceptionOfType(ServiceNowException.class)
                .isThrownBy(() -> holds(expression))
                .withMessageStartingWith("approvalCriteria expression cannot be worked out for CHG0030001: ")
                .withMessageContaining(message)
                .withMessageEndingWith(".")
                .matches(error -> !error.isPassing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ticket.on_hold_reason.value == 0",
                "ticket.on_hold_reason.value == false",
                "0 == ticket.on_hold_reason.value",
                "ticket.on_hold_reason.value =~ [0]",
                "ticket.approval.value == 0",
                "ticket.approval.value == false",
                "ticket.on_hold_reason.value == null"
            })
    void anEmptyFieldIsNeitherZeroNorFalse(String expression) throws Exception {
        assertThat(holds(expression)).isFalse();
    }
}
