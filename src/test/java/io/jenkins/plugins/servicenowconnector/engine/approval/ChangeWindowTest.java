package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.servicenowconnector.engine.approval.Standing.Position;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeWindowTest {

    private static ChangeWindow window(String start, String end) throws Exception {
        return ChangeWindow.parse("changeWindow", "change_request", start, end, null);
    }

    private static Position at(ChangeWindow window, String start, String end, String now) throws Exception {
        Tickets ticket = Tickets.change().with("start_date", start, "local").with("end_date", end, "local");
        return window.at(ticket.read(), Instant.parse(now)).position();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T09:59:59Z, BEFORE",
        "2026-06-01T10:00:00Z, INSIDE",
        "2026-06-01T11:59:59.999Z, INSIDE",
        "2026-06-01T12:00:00Z, MISSED"
    })
    void rawUtcValuesStartInclusiveEndExclusive(String now, Position expected) throws Exception {
        assertThat(at(window("start_date", "end_date"), "2026-06-01 10:00:00", "2026-06-01 12:00:00", now))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-31T23:59:59Z, BEFORE",
        "2026-06-01T00:00:00Z, INSIDE",
        "2026-06-02T23:59:59Z, INSIDE",
        "2026-06-03T00:00:00Z, MISSED"
    })
    void aDateAloneMeansItsWholeDay(String now, Position expected) throws Exception {
        assertThat(at(window("start_date", "end_date"), "2026-06-01", "2026-06-02", now))
                .isEqualTo(expected);
    }

    @Test
    void eitherEndMayBeLeftOut() throws Exception {
        assertThat(at(window("start_date", null), "2026-06-01", "garbage", "2030-01-01T00:00:00Z"))
                .isEqualTo(Position.INSIDE);
        assertThat(at(window(" ", "end_date"), "garbage", "2026-06-01", "2020-01-01T00:00:00Z"))
                .isEqualTo(Position.INSIDE);
        assertThatThrownBy(() -> window(null, "")).hasMessageStartingWith("changeWindow names no field");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01 10:00:00, 2026-06-01 10:00:00",
        "2026-06-01 10:00:00, 2026-05-01 10:00:00",
        "2026-06-02, 2026-06-01"
    })
    void endNotAfterStartIsMissed(String start, String end) throws Exception {
        assertThat(at(window("start_date", "end_date"), start, end, "2026-01-01T00:00:00Z"))
                .isEqualTo(Position.MISSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "tomorrow",
                "2026-02-30",
                "2026-06-01T10:00:00Z",
                "01.06.2026 10:00:00",
                "2026-06-01 25:00:00",
                "2026-06-01 10:00"
            })
    void fieldBlankOrUnreadableIsAnErrorThatDoesNotPass(String text) {
        assertThatExceptionOfType(ServiceNowException.class)
                .isThrownBy(() -> at(window("start_date", "end_date"), text, "2026-06-02", "2026-01-01T00:00:00Z"))
                .withMessageStartingWith("changeWindow cannot be read: start_date of CHG0030001 ")
                .matches(error -> !error.isPassing());
    }

    @Test
    void fieldMissingInTheAnswerIsAnErrorThatDoesNotPass() throws Exception {
        ChangeWindow window = window("start_date", null);

        assertThatExceptionOfType(ServiceNowException.class)
                .isThrownBy(
                        () -> window.at(Tickets.change().without("start_date").read(), Instant.EPOCH))
                .withMessageContaining("not in ServiceNow's answer")
                .matches(error -> !error.isPassing());
    }

    @Test
    void plannedIsShortForTheTypesOwnPlannedDates() throws Exception {
        assertThat(ChangeWindow.parse("w", "change_request", null, null, "planned")
                        .fields())
                .containsExactly("start_date", "end_date");
        assertThat(ChangeWindow.parse("w", "change_task", null, null, "planned").fields())
                .containsExactly("planned_start_date", "planned_end_date");
        assertThatThrownBy(() -> ChangeWindow.parse("changeWindow", "incident", null, null, "planned"))
                .hasMessageStartingWith("changeWindow cannot be planned for incident");
    }

    @Test
    void noneIsNoWindow() throws Exception {
        ChangeWindow none = ChangeWindow.parse("changeWindow", "incident", null, null, "none");

        assertThat(none.isNone()).isTrue();
        assertThat(none.fields()).isEmpty();
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> ChangeWindow.parse("changeWindow", "x", "a", "b", "planned"))
                .hasMessage("changeWindow has a kind as well as fields: give one of them.");
        assertThatThrownBy(() -> ChangeWindow.parse("changeWindow", "x", null, null, "now"))
                .hasMessage("changeWindow has the unknown kind \"now\": use planned or none.");
        assertThatThrownBy(() -> ChangeWindow.parse("changeWindow", "x", "a b", null, null))
                .hasMessageStartingWith("changeWindow start has \"a b\" as field");
        assertThatThrownBy(() -> ChangeWindow.parse("changeWindow", "x", "a.displayValue", null, null))
                .hasMessageContaining("stored values");
    }

    @Test
    void aWindowOnAnotherTicketMayBeDotWalked() throws Exception {
        assertThat(window("change_request.start_date.value", null).fields())
                .containsExactly("change_request.start_date");
    }

    @Test
    void itDescribesItself() throws Exception {
        assertThat(window("a", "b").describe()).isEqualTo("from a until b");
        assertThat(window(null, "b").describe()).isEqualTo("until b");
        assertThat(ChangeRequestDefault.WINDOW.describe()).isEqualTo("from start_date until end_date, where filled");
    }
}
