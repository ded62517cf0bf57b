package io.jenkins.plugins.servicenowconnector.engine.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.ticket.FieldOutcome.Kind;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What became of fields, by what was sent and what came back. */
class WriteReportTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "fedcba9876543210fedcba9876543210";

    private static FieldOutcome created(String field, String sent, FieldValue stored) {
        return WriteReport.afterCreate(Map.of(field, sent), Map.of(field, stored), Set.of())
                .outcomes()
                .get(0);
    }

    private static Kind created(String sent, String value, String display) {
        return created("u_field", sent, new FieldValue(value, display)).kind();
    }

    private static Kind changed(String sent, String before, String value) {
        return WriteReport.afterUpdate(
                        Map.of("u_field", sent),
                        Map.of("u_field", new FieldValue(before, before)),
                        Map.of("u_field", new FieldValue(value, value)),
                        Set.of())
                .outcomes()
                .get(0)
                .kind();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "3, 3, 3 - Moderate",
                "network, 0123456789abcdef0123456789abcdef, Network",
                "true, true, Ja",
                "true, 1, 1",
                "1, true, true",
                "0, false, false",
                "TRUE, true, true",
                "3.0, 3, 3",
                "007, 7, 7",
                "1000.50, 1000.5, 1000.5",
                "2026-05-11, 2026-05-11 00:00:00, 11.05.2026",
                "2026-05-11 10:00, 2026-05-11 10:00:00, 11.05.2026",
                "\"text  \", text, text",
                "\"b,a\", \"a,b\", \"A, B\"",
                "\"Beth, Abel\", \"x,y\", \"Abel, Beth\"",
                "\"\", \"\", \"\""
            })
    void sameValueInAnotherFormIsTaken(String sent, String value, String display) {
        assertThat(created(sent, value, display)).isEqualTo(Kind.TAKEN);
    }

    @Test
    void lineEndsAndSpacesAroundATextDoNotCount() {
        assertThat(created("one\r\ntwo\n", "one\ntwo", "one\ntwo")).isEqualTo(Kind.TAKEN);
    }

    @ParameterizedTest
    @CsvSource({"x, ''", "9, 3", "true, false", "7, 0"})
    void whatANewTicketHasByItselfIsNotTaken(String sent, String value) {
        String display = value.equals("3") ? "Moderate" : value;

        assertThat(created(sent, value, display)).isEqualTo(Kind.NOT_TAKEN);
    }

    @Test
    void whatDidNotComeBackIsNotTakenUnlessItWasCleared() {
        WriteReport report = WriteReport.afterCreate(Map.of("u_none", "x"), Map.of(), Set.of());
        WriteReport cleared = WriteReport.afterCreate(Map.of("u_none", ""), Map.of(), Set.of());

        assertThat(report.lines())
                .containsExactly("Warning: ServiceNow did not take u_none: sent 'x', it is empty or cannot be read.");
        assertThat(cleared.notTaken()).isEmpty();
    }

    @Test
    void whatSomebodyElsePutThereWasChangedByServiceNow() {
        assertThat(created(ID, OTHER, "Software")).isEqualTo(Kind.CHANGED);
        assertThat(created("2026-05-11 10:00:00", "2026-05-12 10:00:00", "12.05."))
                .isEqualTo(Kind.CHANGED);
        assertThat(created("Deploy", "[PROD] Deploy", "[PROD] Deploy")).isEqualTo(Kind.CHANGED);
        assertThat(created("priority", "1", new FieldValue("4", "4 - Low")).line())
                .isEqualTo("priority was changed by ServiceNow to '4' (4 - Low), sent was '1'.");
    }

    @Test
    void beginningOfATextWasShortened() {
        FieldOutcome outcome = created("u_text", "abcdefgh", new FieldValue("abcde", "abcde"));

        assertThat(outcome.kind()).isEqualTo(Kind.SHORTENED);
        assertThat(outcome.line()).isEqualTo("Warning: ServiceNow shortened u_text to 5 of 8 characters.");
        assertThat(created("30", "3", "3")).isEqualTo(Kind.CHANGED);
    }

    @Test
    void afterAnUpdateTheValueBeforeTellsWhoseItIs() {
        assertThat(changed("b", "a", "b")).isEqualTo(Kind.TAKEN);
        assertThat(changed("b", "a", "a")).isEqualTo(Kind.NOT_TAKEN);
        assertThat(changed("b", "a", "c")).isEqualTo(Kind.CHANGED);
        assertThat(changed("-1", "-5", "-5")).isEqualTo(Kind.NOT_TAKEN);
        assertThat(changed("", "a", "a")).isEqualTo(Kind.NOT_TAKEN);
        assertThat(changed("", "a", "")).isEqualTo(Kind.TAKEN);
        assertThat(changed("x", "a", "")).isEqualTo(Kind.CHANGED);
    }

    @Test
    void journalsNeverComeBackSoTheyAreNotJudged() {
        assertThat(WriteReport.afterCreate(Map.of("work_notes", "x"), Map.of(), Set.of())
                        .outcomes())
                .isEmpty();
    }

    @Test
    void whatServiceNowSaysItIgnoredIsNotTakenWhateverCameBack() {
        WriteReport report = WriteReport.afterCreate(
                Map.of("risk", "3", "work_notes", "x"),
                Map.of("risk", new FieldValue("3", "Moderate")),
                Set.of("risk", "work_notes"));

        assertThat(report.notTaken()).containsExactlyInAnyOrder("risk", "work_notes");
    }

    @Test
    void failureNamesTheTicketAndEachFieldThatWasNotTaken() {
        Ticket ticket = new Ticket("incident", ID, "INC0010001", Map.of());
        WriteReport report = WriteReport.afterCreate(
                Map.of("u_a", "x", "u_b", "Deploy"), Map.of("u_b", new FieldValue("Other", "Other")), Set.of());

        ServiceNowException failure = report.failure(ticket);

        assertThat(failure.kind()).isEqualTo(ServiceNowException.Kind.NOT_TAKEN);
        assertThat(failure).hasMessageStartingWith("ServiceNow wrote INC0010001 but did not take u_a;");
        assertThat(WriteReport.NOTHING.failure(ticket)).isNull();
    }

    @Test
    void linesStayShortAndOnOneLine() {
        String line = created("u_text", "x\n".repeat(500), FieldValue.EMPTY).line();

        assertThat(line).hasSizeLessThan(200).doesNotContain("\n");
    }
}
